import { statfsSync } from 'node:fs';
import { StackFault } from '@nself/dev-stack';

export const MEBIBYTE = 1024 * 1024;

export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** @throws StackFault when the disk of `folder` has less than `floor` bytes left. */
export function assertDiskSpace(folder: string, floor: number): void {
  const free = freeBytes(folder);
  if (free >= floor) return;
  throw new StackFault(
    `The disk of ${folder} is nearly full: ${megabytes(free)} MB are free, ${megabytes(floor)} MB are needed.`,
    'Make room there, or let NSELF_DIR name a folder on another disk.',
  );
}

export function megabytes(bytes: number): number {
  return Math.floor(bytes / MEBIBYTE);
}
