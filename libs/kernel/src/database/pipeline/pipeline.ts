import type { ClientConfig } from 'pg';
import { Durations } from './durations';
import { isDatabaseError } from './error-response';
import type { Outcome } from './exchange';
import type { Group, GroupResult } from './group';
import { Link } from './link';
import type { PreparedLimits } from './prepared-names';

export interface PipelineOptions {
  readonly connection: ClientConfig;
  /** Most connections open at a time. */
  readonly connections: number;
  /** Prepared statements kept on each connection; 512 of together 256,000 characters unless said otherwise. */
  readonly kept?: Partial<PreparedLimits>;
  /** Give false behind a transaction pooler older than pgbouncer 1.21. */
  readonly namedStatements?: boolean;
  /** Milliseconds that the groups of a shared write are expected to take together, at most; 20 unless said otherwise. */
  readonly sharedMs?: number;
}

interface Job {
  readonly groups: readonly Group[];
  done(outcomes: readonly Outcome[]): void;
}

const SHARED_MS = 20;

const KEPT: PreparedLimits = { statements: 512, characters: 256_000 };

/** The server lost the statement (`discard all`, a pooler) or a schema change made its result type another. */
const STALE_STATEMENT = new Set(['26000', '0A000']);

/**
 * A few connections over which groups of statements travel, each group in one write (see `Exchange`).
 * Nothing is ever checked out: a group carries its whole transaction, so a connection is free again when it is answered.
 *
 * Where more groups wait than there are connections, those that are known to be quick share a write: the cost of a
 * write, of waking the server and of reading its answer is then paid once for all of them, which for a row by its key
 * is the larger part. Each keeps its own transaction, context and fate. A group in a shared write stands behind the
 * others even when another connection is free meanwhile; hence only reads share, and only as many as are expected to
 * take a few milliseconds together.
 */
export class Pipeline {
  private readonly links = new Set<Link>();
  private readonly idle: Link[] = [];
  private readonly waiting: Job[] = [];
  private readonly durations = new Durations();
  private opening = 0;
  private ended = false;

  constructor(private readonly options: PipelineOptions) {}

  /** Runs one group: all of it or nothing. Rejects with `pg`'s DatabaseError when Postgres refuses. */
  async run(group: Group): Promise<GroupResult> {
    const [outcome] = await this.runEach([group]);
    if (outcome === undefined) throw new Error('A group without an outcome.');
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  }

  /** Runs groups one after the other on one connection, all in one write; each fails or succeeds by itself. */
  runEach(groups: readonly Group[]): Promise<readonly Outcome[]> {
    if (groups.length === 0) return Promise.resolve([]);
    if (this.ended) return Promise.reject(new Error('The pipeline is closed.'));
    return new Promise(done => this.dispatch({ groups, done }));
  }

  /** How many connections are open and how many jobs wait for one. */
  load(): { open: number; waiting: number } {
    return { open: this.links.size, waiting: this.waiting.length };
  }

  async end(): Promise<void> {
    this.ended = true;
    this.fail(new Error('The pipeline is closed.'));
    await Promise.all([...this.links].map(link => link.close()));
    this.links.clear();
  }

  private dispatch(job: Job): void {
    const link = this.idle.pop();
    if (link) return void this.serve(link, [job]);
    this.waiting.push(job);
    if (this.links.size + this.opening < this.options.connections) void this.open();
  }

  private async open(): Promise<void> {
    this.opening++;
    try {
      const { connection, kept, namedStatements: named = true } = this.options;
      const link = await Link.open(connection, {
        kept: { ...KEPT, ...kept },
        named,
        onBroken: broken => this.drop(broken),
      });
      this.links.add(link);
      this.next(link);
    } catch (error) {
      if (this.links.size === 0) this.fail(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.opening--;
    }
  }

  private async serve(link: Link, jobs: readonly Job[]): Promise<void> {
    const groups = jobs.flatMap(job => job.groups);
    const begun = performance.now();
    const outcomes = await answer(link, groups);
    this.learn(jobs, performance.now() - begun);
    const stale = link.usable && outcomes.some(isStale);
    settle(jobs, stale ? await this.again(link, groups, outcomes) : outcomes);
    this.next(link);
  }

  private learn(jobs: readonly Job[], milliseconds: number): void {
    for (const { groups } of jobs) this.durations.learn(groups, milliseconds / jobs.length);
  }

  /**
   * A stale group was rolled back whole, so it may run again; the others keep the outcome that they have. Each runs in
   * a write of its own now: what a failing group no longer parses, the next one cannot count on.
   */
  private async again(
    link: Link,
    groups: readonly Group[],
    outcomes: readonly Outcome[],
  ): Promise<readonly Outcome[]> {
    await link.forgetStatements();
    const settled: Outcome[] = [];
    for (const [i, group] of groups.entries()) {
      const before = outcomes[i];
      const [fresh] = isStale(before) && link.usable ? await answer(link, [group]) : [before];
      if (fresh) settled.push(fresh);
    }
    return settled;
  }

  private next(link: Link): void {
    if (!link.usable) return this.drop(link);
    const jobs = this.take();
    if (jobs.length > 0) void this.serve(link, jobs);
    else this.idle.push(link);
  }

  /** The job that has waited longest, and behind it those that may share its write; others get their part as well. */
  private take(): Job[] {
    const { sharedMs = SHARED_MS } = this.options;
    const jobs = this.waiting.splice(0, 1);
    const share = Math.ceil(this.waiting.length / this.links.size);
    let expected = this.expected(jobs[0]);
    while (jobs.length <= share && (expected += this.expected(this.waiting[0])) <= sharedMs)
      jobs.push(...this.waiting.splice(0, 1));
    return jobs;
  }

  private expected(job: Job | undefined): number {
    return job === undefined ? Infinity : this.durations.expected(job.groups);
  }

  private drop(link: Link): void {
    this.links.delete(link);
    const at = this.idle.indexOf(link);
    if (at >= 0) this.idle.splice(at, 1);
    if (this.waiting.length > 0 && !this.ended && this.links.size + this.opening < this.options.connections)
      void this.open();
  }

  private fail(error: Error): void {
    for (const job of this.waiting.splice(0)) job.done(job.groups.map(() => ({ error })));
  }
}

function settle(jobs: readonly Job[], outcomes: readonly Outcome[]): void {
  let at = 0;
  for (const { groups, done } of jobs) done(outcomes.slice(at, (at += groups.length)));
}

function isStale(outcome: Outcome | undefined): boolean {
  if (outcome === undefined || !('error' in outcome) || !isDatabaseError(outcome.error)) return false;
  const { code, routine } = outcome.error;
  return code === '0A000' ? routine === 'RevalidateCachedQuery' : STALE_STATEMENT.has(code ?? '');
}

/** What becomes of the groups on `link`; a connection that breaks fails them all. */
const answer = (link: Link, groups: readonly Group[]): Promise<readonly Outcome[]> =>
  link.exchange(groups).catch((error: Error) => groups.map(() => ({ error })));
