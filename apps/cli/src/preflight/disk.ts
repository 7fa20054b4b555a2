import { statfsSync } from 'node:fs';
import { StackFault } from '@nself/dev-stack';
import type { Variables } from '../state/settings-file';

const MEBIBYTE = 1024 * 1024;

/** A fresh Postgres takes 40 MB; below this a start would only make something that breaks soon. */
export const DISK_FLOOR_BYTES = 256 * MEBIBYTE;

export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * @param given may hold another floor: NSELF_DISK_FLOOR_MB
 * @throws StackFault when the disk of `folder` is nearly full.
 */
export function assertDiskSpace(folder: string, given: Variables): void {
  const configured = Number(given.NSELF_DISK_FLOOR_MB);
  const floor = configured > 0 ? configured * MEBIBYTE : DISK_FLOOR_BYTES;
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
