import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StackFault } from '@nself/dev-stack';

/** Where a stack lives: two stacks in two folders share nothing. */
export interface Home {
  /** The checkout: code, and what was built from it. */
  readonly root: string;
  /** The file with this installation's settings and secrets. */
  readonly envFile: string;
  /** Everything that the stack keeps. */
  readonly state: string;
  readonly logs: string;
  readonly postgres: string;
  readonly redis: string;
  readonly objects: string;
  readonly mail: string;
  /** Programs that were fetched; may be thrown away. */
  readonly cache: string;
  readonly runFile: string;
  readonly lockFile: string;
}

const root = resolve(__dirname, '..', '..', '..', '..', '..');

/** The stack of this checkout, or of the folder that NSELF_DIR names. */
export function homeOf(env: NodeJS.ProcessEnv): Home {
  const folder = env.NSELF_DIR ? resolve(env.NSELF_DIR) : root;
  const state = join(folder, '.nself');
  return {
    root,
    envFile: join(folder, '.env'),
    state,
    logs: join(state, 'logs'),
    postgres: join(state, 'postgres'),
    redis: join(state, 'redis'),
    objects: join(state, 'objects'),
    mail: join(state, 'mail'),
    cache: join(state, 'cache'),
    runFile: join(state, 'run.json'),
    lockFile: join(state, 'supervisor.lock'),
  };
}

/**
 * Makes the folders of a stack.
 *
 * @throws StackFault when one of them cannot be made, read or written.
 */
export function prepareHome(home: Home): void {
  usableFolder(home.state, 0o755);
  for (const folder of [home.logs, home.objects, home.mail]) usableFolder(folder, 0o700);
}

function usableFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StackFault(
      `The folder ${folder} cannot be used (${code}).`,
      'Give it to yourself with chown and chmod u+rwx, or let NSELF_DIR name another folder.',
    );
  }
}
