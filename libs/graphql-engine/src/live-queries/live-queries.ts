import { frameOf, statementsOf, type Engine, type Prepared } from '../engine';
import { ADMIN, isAdmin, sessionOf, type QueryRunner, type Session, type StatementGroup } from '../executor';
import type { TableKey } from '../model';
import { valuesOf, type CursorValues } from '../planner';
import { Asker, type Asking } from './asker';
import type { ChangeFeed } from './change-feed';
import { Cohort, type Member, type Surroundings } from './cohort';
import { Exposures } from './exposures';
import type { Exposure } from './exposure';
import { Stream } from './stream';

/** Where a subscriber's results go. */
export interface Outlet {
  /** Whether the client has yet to take much of what it was sent. */
  readonly busy: boolean;
  next(payload: Buffer): void;
  whenReady(resume: () => void): void;
  fail(error: unknown): void;
}

export interface LiveOptions {
  readonly engine: Engine;
  readonly runner: QueryRunner;
  readonly feed: ChangeFeed;
  /** Milliseconds between two askings of what cannot be woken. */
  readonly refetchMs: number;
  /** Groups in one write. */
  readonly batch: number;
}

const GATHER_MS = 5;
const WRITES = 2;
const RETRY_MS = 1_000;
const REPLAN_MS = 50;

/** The subscriptions of this process. See the essay at the top of the room. */
export class LiveQueries {
  private readonly cohorts = new Map<string, Cohort>();
  private readonly subscriptions = new Set<Subscription>();
  private readonly polled = new Set<Asking>();
  private readonly asker: Asker;
  private readonly exposures: Exposures;
  private poll: NodeJS.Timeout | undefined;
  private replan: NodeJS.Timeout | undefined;
  private readonly unserve: () => void;

  constructor(private readonly options: LiveOptions) {
    const { runner, batch, engine } = options;
    this.asker = new Asker({ runner, batch, writes: WRITES, gatherMs: GATHER_MS });
    this.exposures = new Exposures(runner, sessionOf(ADMIN, {}).variables);
    this.unserve = engine.onServed(() => {
      this.replan ??= setTimeout(() => this.placeAnew(), REPLAN_MS);
    });
  }

  subscribe(prepared: Prepared, outlet: Outlet): { stop(): void } {
    const subscription = new Subscription(prepared, outlet);
    this.subscriptions.add(subscription);
    void this.place(subscription);
    return {
      stop: () => {
        this.subscriptions.delete(subscription);
        subscription.end();
      },
    };
  }

  /** How many subscriptions there are, and how many different questions they come to. */
  get size(): { subscriptions: number; cohorts: number } {
    return { subscriptions: this.subscriptions.size, cohorts: this.cohorts.size };
  }

  stop(): void {
    this.unserve();
    clearInterval(this.poll);
    clearTimeout(this.replan);
    this.asker.stop();
    for (const subscription of this.subscriptions) subscription.end();
  }

  /** Finds or makes the cohort of a subscription, or gives it a stream of its own. */
  private async place(subscription: Subscription): Promise<void> {
    try {
      const { prepared } = subscription;
      const exposure = await this.exposures.of(tablesOf(prepared), this.options.engine.served);
      if (subscription.ended || subscription.prepared !== prepared) return;
      if (isStream(prepared)) this.stream(subscription, exposure);
      else this.cohort(subscription, exposure);
    } catch (error) {
      this.subscriptions.delete(subscription);
      if (!subscription.ended) subscription.member.outlet.fail(error);
    }
  }

  private cohort(subscription: Subscription, exposure: Exposure): void {
    const { prepared, member } = subscription;
    const question = questionOf(prepared);
    const key = cohortKey(prepared, question, exposure);
    let cohort = this.cohorts.get(key);
    if (!cohort) {
      cohort = new Cohort(
        prepared,
        question,
        this.around(prepared.session, exposure, () => this.cohorts.delete(key)),
      );
      this.cohorts.set(key, cohort);
      this.watch(cohort, exposure);
    }
    const joined = cohort;
    subscription.into(() => joined.leave(member));
    joined.join(member);
  }

  private stream(subscription: Subscription, exposure: Exposure): void {
    const { prepared, member, position } = subscription;
    const stream = new Stream(
      prepared,
      member.outlet,
      this.around(prepared.session, exposure, () => {}),
      position,
    );
    this.watch(stream, exposure);
    subscription.into(() => {
      subscription.position = stream.position;
      stream.stop();
    });
    this.asker.mark(stream);
  }

  private around(session: Session, exposure: Exposure, gone: () => void): Surroundings {
    const family =
      exposure.familyBound && !isAdmin(session) ? (session.variables['x-hasura-family-id'] ?? '') : undefined;
    return {
      tables: exposure.tables,
      family,
      mark: asking => this.asker.mark(asking),
      markLater: asking => void setTimeout(() => this.asker.mark(asking), RETRY_MS).unref(),
      over: asking => {
        gone();
        this.unwatch(asking);
      },
    };
  }

  private watch(watched: Cohort | Stream, exposure: Exposure): void {
    this.options.feed.add(watched);
    if (exposure.announced) return;
    this.polled.add(watched);
    this.poll ??= setInterval(() => {
      for (const asking of this.polled) this.asker.mark(asking);
    }, this.options.refetchMs).unref();
  }

  private unwatch(asking: Asking): void {
    if (asking instanceof Cohort || asking instanceof Stream) this.options.feed.remove(asking);
    this.asker.forget(asking);
    this.polled.delete(asking);
    if (this.polled.size > 0) return;
    clearInterval(this.poll);
    this.poll = undefined;
  }

  /** Another model is served: everything is planned anew, with the permissions of now. */
  private placeAnew(): void {
    this.replan = undefined;
    for (const subscription of [...this.subscriptions]) {
      subscription.pause();
      try {
        subscription.prepareAnew(this.options.engine);
        void this.place(subscription);
      } catch (error) {
        this.subscriptions.delete(subscription);
        subscription.member.outlet.fail(error);
      }
    }
  }
}

/** One subscriber between its first and last word. */
class Subscription {
  readonly member: Member;
  ended = false;
  position: CursorValues = {};
  private leave: (() => void) | undefined;

  constructor(
    public prepared: Prepared,
    outlet: Outlet,
  ) {
    this.member = { outlet, told: undefined };
  }

  into(leave: () => void): void {
    this.leave = leave;
  }

  pause(): void {
    this.leave?.();
    this.leave = undefined;
  }

  prepareAnew(engine: Engine): void {
    const { request, session, surface } = this.prepared;
    this.prepared = engine.prepare(request, session, surface, ['subscription']);
  }

  end(): void {
    this.ended = true;
    this.pause();
  }
}

const isStream = ({ plan }: Prepared): boolean =>
  statementsOf(plan).all.some(({ stream }) => stream !== undefined);

function questionOf({ plan, request, session, timeoutMs }: Prepared): StatementGroup {
  const statements = statementsOf(plan).all.map(statement => ({
    text: statement.text,
    name: statement.name,
    values: valuesOf(statement, request.variables ?? {}, session.variables),
  }));
  return {
    session: session.variables,
    statements,
    readOnly: true,
    timeoutMs,
  };
}

/**
 * Everything that an answer depends on: the statements and their values; under row level security the family too; and
 * all session variables unless views and policies are known to read nothing but family and role.
 */
function cohortKey({ plan, session }: Prepared, { statements }: StatementGroup, exposure: Exposure): string {
  const words = statements.map(({ name, values }) => [name, values]);
  return JSON.stringify([session.role, frameOf(plan).map(String), words, contextKeys(session, exposure)]);
}

function contextKeys({ role, variables }: Session, { walled, readsPerson }: Exposure): unknown {
  if (readsPerson) return Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
  return walled && role !== ADMIN ? (variables['x-hasura-family-id'] ?? null) : null;
}

/** The tables that a query names, and whether it calls functions, which may read any other. */
function tablesOf({ plan }: Prepared): { tables: readonly TableKey[]; opaque: boolean } {
  const statements = statementsOf(plan).all;
  const tables = [...new Set(statements.flatMap(({ tables: read }) => [...read]))].sort();
  return { tables, opaque: statements.some(statement => statement.opaque) };
}
