import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from '../process/end';
import { identify, livesIn } from '../process/identity';

/**
 * Ends the server that an earlier, killed run left behind in this data folder, so that the next can open it.
 *
 * The first line of postmaster.pid is the number of the server. When that number now belongs to somebody else
 * the file is removed: Postgres itself would take the stranger for a living server and refuse to start.
 *
 * @returns whether there was one
 */
export async function endPostgresIn(data: string): Promise<boolean> {
  const file = join(data, 'postmaster.pid');
  const pid = firstNumber(file);
  const process = pid === undefined ? undefined : identify(pid);
  const ours = process !== undefined && livesIn(process.pid, data);
  if (ours) await endProcess(process, { signal: 'SIGINT', graceMs: 20_000 });
  rmSync(file, { force: true });
  return ours;
}

function firstNumber(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}
