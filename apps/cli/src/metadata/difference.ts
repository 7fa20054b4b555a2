/** A line that only one of two texts has. */
export interface ChangedLine {
  readonly sign: '-' | '+';
  readonly text: string;
}

/**
 * The lines by which two texts differ, in order, by their longest common subsequence. For files of a few hundred lines.
 */
export function changedLines(before: string, after: string): ChangedLine[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  const lengths = commonLengths(left, right);
  const changes: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      i += 1;
      j += 1;
    } else if (j >= right.length || (i < left.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      changes.push({ sign: '-', text: left[i++] ?? '' });
    } else {
      changes.push({ sign: '+', text: right[j++] ?? '' });
    }
  }
  return changes;
}

/** `lengths[i][j]`: how many lines the ends of both texts, from i and j on, have in common. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const same = left[i] === right[j];
      const length = same
        ? at(lengths, i + 1, j + 1) + 1
        : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      lengths[i]?.fill(length, j, j + 1);
    }
  }
  return lengths;
}

const at = (lengths: readonly Uint16Array[], i: number, j: number): number => lengths[i]?.[j] ?? 0;
