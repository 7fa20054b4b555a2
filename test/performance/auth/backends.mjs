// What the server processes of one database take of the processor. Connections come and go while auth runs, so that the
// time of each process is kept apart: one that has ended must not count as time given back.
import { readdirSync, readFileSync } from 'node:fs';
import { cpuOf } from '../graphql/processes.mjs';

/** Seconds of processor time by process id. */
export function backendTimes(database) {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && isBackendOf(name, database));
  return new Map(pids.map(pid => [pid, timeOf(pid)]));
}

/** Seconds that were taken between two looks. */
export const timeBetween = (before, after) =>
  [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);

function isBackendOf(pid, database) {
  const command = quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '');
  return command.startsWith('postgres:') && command.includes(` ${database} `);
}

const timeOf = pid => quietly(() => cpuOf(pid), 0);

/** A process may end between two looks at it. */
function quietly(look, otherwise) {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
