// What a process takes of the processor, and what all server processes of one database do. Connections come and go while
// servers run, so that the time of each is kept apart: one that has ended must not count as time given back.
import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of processor time that the threads of a process have taken, to the nanosecond. */
export function cpuOf(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + cpuOfThread(pid, thread), 0);
}

function cpuOfThread(pid, thread) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e9;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0; // It ended meanwhile.
    throw error;
  }
}

/** Seconds of processor time by process id, of all but those that are named. */
export function backendTimes(database, without = []) {
  const pids = readdirSync('/proc').filter(
    name => /^\d+$/.test(name) && !without.includes(Number(name)) && isBackendOf(name, database),
  );
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
