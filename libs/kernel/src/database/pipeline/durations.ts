import { LRUCache } from 'lru-cache';
import type { Group } from './group';

const REMEMBERED = 5_000;
/** How much of a newer duration goes into a mean, and into a least one that is not seen again. */
const INTO_MEAN = 1 / 8;
const INTO_LEAST = 1 / 256;
/** A quick statement may take this many times its margin on average: waiting for a busy server counts as well. */
const ON_AVERAGE = 32;

interface Duration {
  least: number;
  mean: number;
}

/**
 * Which groups are quick, learned from those that were answered; all in milliseconds as a connection sees them.
 *
 * What a busy machine adds to a duration says nothing about the statement. So each is judged by the least time that it
 * took lately, beside the least that anything took: the difference is work, and the rest is the way to the server. The
 * mean keeps out those that are quick for one value and slow for another. Only a single statement that reads is judged,
 * because it waits for no lock of a row; everything else, and what was never seen, is not quick. Should the way become
 * longer, nothing is quick any more, and all travel as they would without this.
 */
export class Durations {
  private readonly seen = new LRUCache<string, Duration>({ max: REMEMBERED });
  private way = Infinity;

  /** @param margin what a quick statement may take beyond the quickest one */
  constructor(private readonly margin: number) {}

  /** Milliseconds that the server needs for a quick one beyond the quickest; undefined when it is not quick. */
  quickWork(groups: readonly Group[]): number | undefined {
    const name = nameOf(groups);
    const known = name === undefined ? undefined : this.seen.get(name);
    if (known === undefined || known.mean > this.way + this.margin * ON_AVERAGE) return undefined;
    const work = Math.max(known.least - this.way, 0);
    return work <= this.margin ? work : undefined;
  }

  /** What a statement took that is no work at all. */
  learnWay(took: number): void {
    this.way = Math.min(this.way, took);
  }

  /** What a write took. Of groups that shared it nobody knows the least time of each, only what they took on average. */
  learn(jobs: readonly { readonly groups: readonly Group[] }[], took: number): void {
    const alone = jobs.length === 1;
    if (alone) this.learnWay(took);
    for (const { groups } of jobs) this.learnOne(nameOf(groups), took / jobs.length, alone);
  }

  private learnOne(name: string | undefined, took: number, alone: boolean): void {
    if (name === undefined) return;
    const known = this.seen.get(name);
    if (known === undefined) return void this.seen.set(name, { least: took, mean: took });
    if (alone) known.least = least(known.least, took);
    known.mean += (took - known.mean) * INTO_MEAN;
  }
}

const least = (before: number, now: number): number =>
  now <= before ? now : before + (now - before) * INTO_LEAST;

function nameOf(groups: readonly Group[]): string | undefined {
  const [group] = groups;
  if (group === undefined || groups.length > 1 || !group.readOnly || group.statements.length > 1)
    return undefined;
  return group.statements[0]?.name;
}
