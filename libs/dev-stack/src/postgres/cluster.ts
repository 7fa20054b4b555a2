import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StackFault } from '../fault';
import { plainEnvironment } from '../process/command';
import { barrier, type Account } from '../process/user';
import { SHARED_STATE } from './binaries';

const run = promisify(execFile);

/**
 * The folder of the cluster. Usually `home` itself; where the account cannot walk there, a folder that it can
 * reach, with `home` as a link to it: the link is the memory of that decision. Whoever deletes the link gets a new cluster.
 */
export function clusterFolder(home: string, account: Account | undefined): string {
  if (existsSync(home)) return realpathSync(home);
  mkdirSync(dirname(home), { recursive: true });
  if (!account || !barrier(realpathSync(dirname(home)), account)) {
    mkdirSync(home, { mode: 0o755 });
    return realpathSync(home);
  }
  const elsewhere = join(SHARED_STATE, randomUUID());
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  rmSync(home, { force: true });
  symlinkSync(elsewhere, home);
  return elsewhere;
}

/** Throws away a cluster and everything in it, wherever it lies. The server must be stopped. */
export function removeCluster(home: string): void {
  if (existsSync(home)) rmSync(realpathSync(home), { recursive: true });
  rmSync(home, { recursive: true, force: true });
}

/**
 * Makes the cluster when there is none: UTF-8, C.UTF-8 (an order that no system update can change under an
 * index), passwords by SCRAM. It is made beside its place and moved, so that a killed run leaves nothing half-made.
 */
export async function ensureCluster(options: {
  folder: string;
  binaries: string;
  account: Account | undefined;
  password: string;
}): Promise<string> {
  const { folder, binaries, account } = options;
  const data = join(folder, 'data');
  if (hasCluster(data)) return data;
  const unfinished = join(folder, 'data.new');
  const passwordFile = join(folder, 'password.new');
  rmSync(unfinished, { recursive: true, force: true });
  ownedFolder(unfinished, account);
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  try {
    await run(join(binaries, 'bin', 'initdb'), initdbArguments(unfinished, passwordFile), {
      uid: account?.uid,
      gid: account?.gid,
      cwd: folder,
      env: plainEnvironment(),
    });
  } catch (error) {
    throw new StackFault(`Postgres could not be set up: ${reasonOf(error)}`, `Look at ${folder}.`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, data);
  return data;
}

function hasCluster(data: string): boolean {
  if (!existsSync(data)) return false;
  try {
    accessSync(join(data), constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new StackFault(
      `The folder of the database ${data} belongs to another user.`,
      'Start as the user that made it, or give the folder to yourself with chown.',
    );
  }
  return existsSync(join(data, 'PG_VERSION'));
}

function initdbArguments(data: string, passwordFile: string): string[] {
  return [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
}

function ownedFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true });
  if (account) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
}

function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').slice(-2).join(' ');
}
