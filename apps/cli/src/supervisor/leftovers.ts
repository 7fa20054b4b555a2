import { readdirSync, readFileSync } from 'node:fs';
import { endProcess, identify, isAlive, type ProcessIdentity } from '@nself/dev-stack';
import type { Home } from '../state/home';
import { readRun } from '../state/run';

/** Every process of a stack carries this variable, so that it can be found when nothing else is left of its stack. */
export const MARK = 'NSELF_STATE';

/**
 * Ends the services that a killed supervisor left running: those it wrote down, and those it had no time to write down.
 * Postgres and Redis are found by their data folders when they start again; see their `prepare`.
 *
 * @returns the names of what was ended.
 */
export async function endLeftovers(home: Home): Promise<string[]> {
  const found = leftovers(home);
  await Promise.all(
    found.map(({ name, process }) =>
      endProcess(process, { signal: name === 'postgres' ? 'SIGINT' : 'SIGTERM' }),
    ),
  );
  return found.map(({ name }) => name);
}

export function leftovers(home: Home): { name: string; process: ProcessIdentity }[] {
  const written = (readRun(home)?.processes ?? []).flatMap(({ name, process }) =>
    process && isAlive(process) ? [{ name, process }] : [],
  );
  const known = new Set(written.map(({ process }) => process.pid));
  const marked = markedProcesses(home.state).filter(({ pid }) => !known.has(pid));
  return [...written, ...marked.map(process => ({ name: `process ${process.pid}`, process }))];
}

/** Processes whose environment names this stack, where the system shows environments (Linux). */
function markedProcesses(state: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids
    .flatMap(pid => (environmentHas(pid, `${MARK}=${state}`) ? [identify(Number(pid))] : []))
    .filter(identity => identity !== undefined);
}

function environmentHas(pid: string, entry: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
  } catch {
    return false;
  }
}
