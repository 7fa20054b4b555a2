import { rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive, StackFault, type ProcessIdentity } from '@nself/dev-stack';
import { readIfThere } from './files';
import type { Home } from './home';

/**
 * Makes this process the one supervisor of a stack. A lock of a process that is gone is taken over.
 *
 * @throws StackFault when another supervisor lives.
 */
export function takeLock(home: Home): void {
  const me = identify(process.pid);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return writeFileSync(home.lockFile, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = lockOwner(home);
    if (owner && isAlive(owner)) throw alreadyRunning(owner);
    rmSync(home.lockFile, { force: true });
  }
  throw new StackFault('Somebody else starts this stack at the same time.', 'Look with ./nself status.');
}

/** Gives the lock back, if it is still ours. */
export function releaseLock(home: Home): void {
  if (lockOwner(home)?.pid === process.pid) rmSync(home.lockFile, { force: true });
}

/** The process that holds the lock, alive or not. */
export function lockOwner(home: Home): ProcessIdentity | undefined {
  const text = readIfThere(home.lockFile);
  try {
    return text ? (JSON.parse(text) as ProcessIdentity) : undefined;
  } catch {
    return undefined;
  }
}

function alreadyRunning({ pid }: ProcessIdentity): StackFault {
  return new StackFault(
    `This stack is already being run by process ${pid}.`,
    'See ./nself status, or end it with ./nself stop.',
  );
}
