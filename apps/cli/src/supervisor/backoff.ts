/** How long to wait before the nth start in a row, in milliseconds: at once at first, never longer than 15 s. */
export function backoff(failuresInARow: number): number {
  return Math.min(15_000, 100 * 2 ** Math.max(0, failuresInARow - 1));
}

/** A process that lived this long has recovered: its next failure counts as the first. */
export const RECOVERED_AFTER_MS = 30_000;

/** How long the first start of a process may take until it is ready. */
export const PATIENCE_MS = 180_000;
