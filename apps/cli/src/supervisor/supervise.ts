import { readLauncher } from '../plan/launcher';
import { assertDiskSpace, MEBIBYTE } from '../preflight/disk';
import { assertOutsideServers } from '../preflight/outside';
import { makePlan } from '../plan/plan';
import { prepareHome, type Home } from '../state/home';
import { releaseLock, takeLock } from '../state/lock';
import { completeSecrets, readSettings } from '../state/settings-file';
import { endLeftovers } from './leftovers';
import type { Tell } from './report';
import { aborted } from './signals';
import { Stack } from './stack';

/** A stack that is up, until somebody stops it. */
export interface Supervision {
  stop(): Promise<void>;
}

/**
 * Brings the stack of `home` up in this process and keeps it up. What fails before the first server is started leaves
 * nothing behind; what fails later is taken down again.
 *
 * @param stopping stops the start at its next step
 * @throws StackFault with what went wrong and its remedy
 */
export async function supervise(
  home: Home,
  env: NodeJS.ProcessEnv,
  tell: Tell,
  stopping: AbortSignal,
): Promise<Supervision> {
  const begunAt = Date.now();
  prepareHome(home);
  takeLock(home);
  try {
    const stack = new Stack(home, await prepare(home, env, tell), tell);
    const stop = async (): Promise<void> => {
      await stack.stop();
      releaseLock(home);
    };
    await Promise.race([stack.start(), interruption(stopping)]).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    tell({ kind: 'ready', run: stack.describe(), ms: Date.now() - begunAt });
    return { stop };
  } catch (error) {
    releaseLock(home);
    throw error;
  }
}

async function prepare(home: Home, env: NodeJS.ProcessEnv, tell: Tell): ReturnType<typeof makePlan> {
  const say = (text: string): void => tell({ kind: 'note', text });
  const ended = await endLeftovers(home);
  if (ended.length > 0) say(`ended what an earlier run left: ${ended.join(', ')}`);
  const given = readSettings(home, env);
  const launcher = await readLauncher(given);
  assertDiskSpace(home.state, launcher.diskFloor * MEBIBYTE);
  await assertOutsideServers(given);
  const made = completeSecrets(home, env);
  if (made.length > 0) say(`made ${made.length} random secrets in ${home.envFile}`);
  return makePlan(home, { given: readSettings(home, env), launcher, say });
}

async function interruption(stopping: AbortSignal): Promise<never> {
  await aborted(stopping);
  throw new Interrupted();
}

/** The person changed their mind while the stack came up. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
  }
}
