import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { StackFault } from '@nself/dev-stack';

/** Replaces a file whole: whoever reads sees the old or the new one, also after a kill. */
export function replaceFile(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.new`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}

/** The text of a file; undefined when there is none. @throws StackFault when it is there and closed to us */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code !== 'EACCES') throw error;
    throw new StackFault(
      `${file} cannot be used (${code}).`,
      'Give it and its folder to yourself with chown, or let NSELF_DIR name another folder.',
    );
  }
}
