import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from '../process/identity';

/**
 * Between the moment that a port is found free and the moment that a service listens on it lie seconds, in which another
 * stack of this machine may find it free too: one of the two would then take the other's service for its own. So stacks
 * promise ports to themselves, by a file for each in a folder that all of them share. A promise lasts as long as the
 * process that gave it.
 */
const folder = join(tmpdir(), 'nself-ports');

/** Promises the port to this process. @returns false when another living process has it */
export function reservePort(port: number): boolean {
  makeFolder();
  const file = join(folder, String(port));
  const owner = ownerOf(file);
  if (owner?.pid === process.pid) return true;
  if (owner && isAlive(owner)) return false;
  try {
    rmSync(file, { force: true });
    writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    // Somebody was faster, or the file of another user outlived its owner: there are other ports. A folder that cannot be
    // written at all is no reason not to start.
    return existsSync(file) ? false : (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
}

/** Open to every user, as /tmp is: each may add files and remove only their own. */
function makeFolder(): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made !== undefined) chmodSync(folder, 0o1777);
}

/** Gives back what this process was promised. */
export function releasePorts(ports: Iterable<number>): void {
  for (const port of ports) {
    const file = join(folder, String(port));
    if (ownerOf(file)?.pid === process.pid) rmSync(file, { force: true });
  }
}

function ownerOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
