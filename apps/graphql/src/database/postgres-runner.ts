import type {
  AnswerRow,
  GroupOutcome,
  QueryRunner,
  SessionVariables,
  StatementGroup,
  Transaction,
} from '@nself/graphql-engine';
import { Pipeline, SafePool, withLimits, type Group, type Outcome, type Row } from '@nself/kernel';
import type { ContextOf } from './context';
import type { AdminTrail } from './admin-trail';
import { Listener } from './listener';
import { PoolTransaction } from './pool-transaction';

/** One login: a pipeline for requests, a small pool for transactions of several round trips. */
export interface Login {
  readonly pipeline: Pipeline;
  readonly pool: SafePool;
}

export interface PostgresRunnerOptions {
  /** The login of every role but admin; row level security binds it in our own database. */
  readonly everybody: Login;
  readonly admin: Login;
  readonly contextOf: ContextOf;
  readonly listener: Listener;
  /** Where uses of the admin's login are recorded; only in our own database, where it goes past the walls. */
  readonly trail?: AdminTrail;
  /** Milliseconds; a role's own time limit may be shorter. */
  readonly statementTimeout: number;
  /** Of every group that asks for none itself; Postgres's own, read committed, unless said. */
  readonly isolation?: StatementGroup['isolation'];
}

/** The engine's door to Postgres: every statement runs under the context of its session. */
export class PostgresRunner implements QueryRunner {
  constructor(private readonly options: PostgresRunnerOptions) {}

  run(group: StatementGroup): Promise<GroupOutcome> {
    this.record(group.session);
    const answered = this.loginOf(group.session).pipeline.runEach([this.groupOf(group)]);
    return answered.then(([outcome]) => outcomeOf(outcome));
  }

  async runEach(groups: readonly StatementGroup[]): Promise<readonly GroupOutcome[]> {
    const outcomes: GroupOutcome[] = [];
    const send = async (login: Login): Promise<void> => {
      const mine = [...groups.keys()].filter(index => this.loginOf(groups[index]?.session) === login);
      const sent = mine.flatMap(index => groups[index] ?? []).map(group => this.groupOf(group));
      const answered = await login.pipeline.runEach(sent);
      for (const [at, index] of mine.entries()) outcomes[index] = outcomeOf(answered[at]);
    };
    await Promise.all([...new Set([this.options.everybody, this.options.admin])].map(send));
    return outcomes;
  }

  async transaction<T>(
    session: SessionVariables,
    work: (transaction: Transaction) => Promise<T>,
    { readOnly = false }: { readonly readOnly?: boolean } = {},
  ): Promise<T> {
    this.record(session);
    const client = await this.loginOf(session).pool.connect();
    let broken: unknown;
    try {
      await client.query(readOnly ? 'begin read only' : 'begin');
      const { text, values } = this.options.contextOf(session);
      await client.query(text, [...values]);
      const result = await work(new PoolTransaction(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((reason: unknown) => (broken = reason));
      throw error;
    } finally {
      client.release(broken instanceof Error ? broken : undefined);
    }
  }

  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onGap: () => void,
  ): Promise<() => Promise<void>> {
    return this.options.listener.listen(channel, onPayload, onGap);
  }

  async end(): Promise<void> {
    const { everybody, admin, listener, trail } = this.options;
    const logins = new Set([everybody, admin]);
    await listener.end();
    await trail?.end();
    await Promise.all([...logins].flatMap(({ pipeline, pool }) => [pipeline.end(), pool.end()]));
  }

  private record(session: SessionVariables): void {
    if (session['x-hasura-role'] === 'admin') this.options.trail?.note();
  }

  private loginOf(session: SessionVariables | undefined): Login {
    return session?.['x-hasura-role'] === 'admin' ? this.options.admin : this.options.everybody;
  }

  private groupOf(group: StatementGroup): Group {
    const { session, statements, readOnly, timeoutMs, traceId } = group;
    const { contextOf, statementTimeout } = this.options;
    const isolation = group.isolation ?? this.options.isolation;
    const limit =
      timeoutMs === undefined ? statementTimeout : Math.min(timeoutMs, statementTimeout || timeoutMs);
    const context = withLimits(contextOf(session, traceId), { timeoutMs: limit, readOnly });
    return isolation ? { context, statements, readOnly, isolation } : { context, statements, readOnly };
  }
}

function outcomeOf(outcome: Outcome | undefined): GroupOutcome {
  if (outcome === undefined) return { error: new Error('A group without an outcome.') };
  if ('result' in outcome) return { rows: outcome.result.map(rows => fieldsOf(rows[0])) };
  return outcome.at === undefined ? { error: outcome.error } : { error: outcome.error, at: outcome.at };
}

const NONE: AnswerRow = [];
const NULL = Buffer.from('null');

function fieldsOf(row: Row | undefined): AnswerRow {
  return row === undefined ? NONE : row.map(field => field ?? NULL);
}
