import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders below the storage path that hold files on their way in; nothing in them is an object yet. */
export const ARRIVALS = ['.spool', '.incoming'] as const;

/** Removes files on their way in that nobody has written to for `ageMs`: their writer was killed. Answers how many. */
export async function removeLeftovers(root: string, ageMs: number, now = Date.now()): Promise<number> {
  let removed = 0;
  for (const folder of ARRIVALS) {
    for (const name of await readdir(join(root, folder)).catch(none)) {
      const path = join(root, folder, name);
      const written = (await stat(path).catch(gone))?.mtimeMs ?? now;
      if (now - written <= ageMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
  }
  return removed;
}

function none(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** It may have arrived meanwhile. */
function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
