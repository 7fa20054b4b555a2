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
  /** Milliseconds of work within which a read is quick and may share a write; 0.3 unless said otherwise. */
  readonly quickMs?: number;
}

interface Job {
  readonly groups: readonly Group[];
  done(outcomes: readonly Outcome[]): void;
}

/** What travels together: several quick jobs, or one of any kind. */
interface Write {
  readonly jobs: readonly Job[];
  readonly quick: boolean;
}

const QUICK_MS = 0.3;
/** Most connections on which quick reads travel at a time. */
const LANES = 3;
/** Milliseconds of work that wait before quick reads take one more connection. */
const WORK_OF_A_LANE = 3;

/** Groups of one write. */
const MOST = 32;

const KEPT: PreparedLimits = { statements: 512, characters: 256_000 };

/** The server lost the statement (`discard all`, a pooler) or a schema change made its result type another. */
const STALE_STATEMENT = new Set(['26000', '0A000']);

/**
 * A few connections over which groups of statements travel, each group in one write (see `Exchange`).
 * Nothing is ever checked out: a group carries its whole transaction, so a connection is free again when it is answered.
 *
 * Reads that are known to be quick share writes. What a row by its key costs is mostly the write, the waking of the
 * server and the reading of its answer; shared, these are paid once for all that wait. So that enough wait, quick reads
 * take one connection, a lane, and more only when much work waits; the others are left to whatever takes longer. Each
 * keeps its own transaction, context and fate. What a group can lose by it is that it stands behind others of the same
 * write while some connection is free, and because they are quick that is less than a write of its own would cost.
 */
export class Pipeline {
  private readonly links = new Set<Link>();
  private readonly idle: Link[] = [];
  private readonly waiting: Job[] = [];
  private readonly quick: QuickJobs;
  private readonly durations: Durations;
  private lanesInUse = 0;
  private opening = 0;
  private ended = false;

  constructor(private readonly options: PipelineOptions) {
    this.durations = new Durations(options.quickMs ?? QUICK_MS);
    this.quick = new QuickJobs(Math.min(LANES, options.connections));
  }

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
    if (this.ended) return Promise.reject(closed());
    return new Promise(done => this.dispatch({ groups, done }));
  }

  /** How many connections are open and how many jobs wait for one. */
  load(): { open: number; waiting: number } {
    return { open: this.links.size, waiting: this.waiting.length + this.quick.length };
  }

  async end(): Promise<void> {
    this.ended = true;
    this.fail(closed());
    await Promise.all([...this.links].map(link => link.close()));
    this.links.clear();
  }

  private dispatch(job: Job): void {
    const work = this.durations.quickWork(job.groups);
    if (work === undefined) this.waiting.push(job);
    else this.quick.push(job, work);
    if (work === undefined || this.lanesInUse < this.quick.lanes()) this.useAnother();
  }

  /** Puts an idle connection to work, or opens one if there may be more. */
  private useAnother(): void {
    const link = this.idle.pop();
    if (link) this.next(link);
    else if (!this.ended && this.links.size + this.opening < this.options.connections) void this.open();
  }

  private async open(): Promise<void> {
    try {
      this.next(await this.connect());
    } catch (error) {
      if (this.links.size === 0) this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Rejects also when the connection breaks, or the pipeline ends, before it was of any use. */
  private async connect(): Promise<Link> {
    this.opening++;
    try {
      const { connection, kept, namedStatements: named = true } = this.options;
      const link = await Link.open(connection, {
        kept: { ...KEPT, ...kept },
        named,
        onBroken: broken => this.drop(broken),
      });
      this.links.add(link);
      await this.tryOut(link);
      return link;
    } finally {
      this.opening--;
    }
  }

  private async tryOut(link: Link): Promise<void> {
    try {
      this.durations.learnWay(await wayTo(link));
      if (this.ended) throw closed();
    } catch (error) {
      this.links.delete(link);
      if (link.usable) await link.close();
      throw error;
    }
  }

  private async serve(link: Link, { jobs, quick }: Write): Promise<void> {
    if (quick) this.lanesInUse++;
    const groups = jobs.flatMap(job => job.groups);
    const begun = performance.now();
    const outcomes = await answer(link, groups);
    this.durations.learn(jobs, performance.now() - begun);
    const stale = link.usable && outcomes.some(isStale);
    settle(jobs, stale ? await this.again(link, groups, outcomes) : outcomes);
    if (quick) this.lanesInUse--;
    this.next(link, quick);
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

  private next(link: Link, wasQuick = false): void {
    if (!link.usable) return this.drop(link);
    const write = this.take(wasQuick);
    if (write) void this.serve(link, write);
    else this.idle.push(link);
  }

  /** After quick reads it is the turn of what takes longer, and the other way round, so that neither waits for ever. */
  private take(wasQuick: boolean): Write | undefined {
    const mayBeQuick = this.lanesInUse < this.quick.lanes();
    if (mayBeQuick && !(wasQuick && this.waiting.length > 0)) return { quick: true, jobs: this.quick.take() };
    const jobs = this.waiting.splice(0, 1);
    return jobs.length > 0 ? { quick: false, jobs } : undefined;
  }

  private drop(link: Link): void {
    this.links.delete(link);
    const at = this.idle.indexOf(link);
    if (at >= 0) this.idle.splice(at, 1);
    if (this.load().waiting > 0) this.useAnother();
  }

  private fail(error: Error): void {
    for (const job of [...this.waiting.splice(0), ...this.quick.takeAll()])
      job.done(job.groups.map(() => ({ error })));
  }
}

/** Quick jobs that wait for a lane. */
class QuickJobs {
  private jobs: { readonly job: Job; readonly work: number }[] = [];
  private work = 0;

  constructor(private readonly mostLanes: number) {}

  get length(): number {
    return this.jobs.length;
  }

  /** How many lanes the work that waits is worth. */
  lanes(): number {
    if (this.jobs.length === 0) return 0;
    return Math.min(1 + Math.floor(this.work / WORK_OF_A_LANE), this.mostLanes);
  }

  push(job: Job, work: number): void {
    this.jobs.push({ job, work });
    this.work += work;
  }

  /** As many as one write carries, or fewer where several lanes are worth their while: they share then. */
  take(): Job[] {
    return this.shift(Math.min(Math.ceil(this.jobs.length / this.lanes()), MOST));
  }

  takeAll(): Job[] {
    return this.shift(this.jobs.length);
  }

  private shift(count: number): Job[] {
    const taken = this.jobs.splice(0, count);
    this.work = this.jobs.reduce((sum, { work }) => sum + work, 0);
    return taken.map(({ job }) => job);
  }
}

function settle(jobs: readonly Job[], outcomes: readonly Outcome[]): void {
  let at = 0;
  for (const { groups, done } of jobs) done(outcomes.slice(at, (at += groups.length)));
}

const closed = (): Error => new Error('The pipeline is closed.');

function isStale(outcome: Outcome | undefined): boolean {
  if (outcome === undefined || !('error' in outcome) || !isDatabaseError(outcome.error)) return false;
  const { code, routine } = outcome.error;
  return code === '0A000' ? routine === 'RevalidateCachedQuery' : STALE_STATEMENT.has(code ?? '');
}

const NOTHING: Group = { statements: [{ text: 'select', values: [] }] };

/** A new connection is slow at first, and a way that seems long makes everything seem quick. */
const TRIPS = 4;

/** Milliseconds to the server and back, the least of several trips; rejects when one of them fails. */
async function wayTo(link: Link): Promise<number> {
  let least = Infinity;
  for (let trip = 0; trip < TRIPS; trip++) {
    const begun = performance.now();
    const [outcome] = await answer(link, [NOTHING]);
    if (outcome === undefined || 'error' in outcome) throw outcome?.error ?? new Error('No answer.');
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

/** What becomes of the groups on `link`; a connection that breaks fails them all. */
const answer = (link: Link, groups: readonly Group[]): Promise<readonly Outcome[]> =>
  link.exchange(groups).catch((error: Error) => groups.map(() => ({ error })));
