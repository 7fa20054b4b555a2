import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for a machine that does ten other things. */
const PATIENCE_MS = 180_000;

/** Ends processes at once. One that has no number, or is gone already, is dead enough. */
export function killAll(pids: readonly (number | undefined)[]): void {
  for (const pid of pids) if (pid) killOne(pid);
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Tries until it goes well. @throws the last failure when that takes too long */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(200);
    }
  }
}
