import { LRUCache } from 'lru-cache';
import type { Group } from './group';

const REMEMBERED = 5_000;
/** How much of the newest duration goes into the mean. */
const WEIGHT = 1 / 8;

/**
 * How long groups take, learned from those that were answered: a moving mean for each statement, in milliseconds as
 * the connection sees them. Only a single statement that reads is judged, because it waits for no lock of a row;
 * everything else, and what was never seen, may take for ever.
 */
export class Durations {
  private readonly means = new LRUCache<string, number>({ max: REMEMBERED });

  expected(groups: readonly Group[]): number {
    const name = nameOf(groups);
    return (name === undefined ? undefined : this.means.get(name)) ?? Infinity;
  }

  learn(groups: readonly Group[], milliseconds: number): void {
    const name = nameOf(groups);
    if (name === undefined) return;
    const mean = this.means.get(name) ?? milliseconds;
    this.means.set(name, mean + (milliseconds - mean) * WEIGHT);
  }
}

function nameOf(groups: readonly Group[]): string | undefined {
  const [group] = groups;
  if (group === undefined || groups.length > 1 || !group.readOnly || group.statements.length > 1)
    return undefined;
  return group.statements[0]?.name;
}
