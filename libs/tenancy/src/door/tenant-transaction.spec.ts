import { newTrace, runWithTrace } from '@nself/observability';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../test/support';
import { anonymousContext, serviceContext, type RequestContext } from '../context';
import { NoContextError } from './context-subscriber';
import { openDataSource } from './data-source';
import { firstOf, rowsOf, statement } from './rows';
import { TenantTransaction } from './tenant-transaction';

interface Seen {
  readonly family: string | null;
  readonly person: string | null;
  readonly role: string;
  readonly trace: string | null;
  readonly variable: string | null;
}

const SEEN = `
  select app.family_id() as family, app.user_id() as person, app.role() as role, app.trace_id() as trace,
         app.session_variable('x-hasura-shelf') as variable`;

const context = (changes: Partial<RequestContext> = {}): RequestContext => ({
  familyId: randomUUID(),
  userId: randomUUID(),
  role: 'adult',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  session: { 'x-hasura-role': 'adult', 'x-hasura-shelf': `it's "3"` },
  ...changes,
});

async function withRunner<T>(source: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  return work(runner).finally(() => runner.release());
}

describe('the tenancy door', () => {
  let database: TestDatabase;
  let source: DataSource;
  let door: TenantTransaction;

  const seen = (asked: RequestContext): Promise<Seen | undefined> =>
    door.run(asked, manager => firstOf<Seen>(manager, SEEN));

  beforeAll(async () => {
    database = await testDatabase();
    source = await openDataSource({
      url: database.appUrl,
      connections: 1,
      statementTimeout: 10_000,
      connectTimeout: 10_000,
      name: 'door spec',
    });
    door = new TenantTransaction(source);
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  it('tells Postgres for whom it works', async () => {
    const asked = context();
    expect(await seen(asked)).toEqual({
      family: asked.familyId,
      person: asked.userId,
      role: 'adult',
      trace: asked.traceId,
      variable: `it's "3"`,
    });
  });

  it('leaves nothing of one context to the next on the same connection', async () => {
    await seen(context());
    const nobody = { family: null, person: null, role: 'anonymous', variable: null };
    expect(await seen(anonymousContext())).toMatchObject(nobody);
  });

  it('names the trace in every statement, for the eyes of Postgres', async () => {
    const trace = newTrace();
    const text = 'select query from pg_stat_activity where pid = pg_backend_pid()';
    const { rows } = await runWithTrace(trace, () =>
      door.run(context(), manager => statement<{ query: string }>(manager, text)),
    );
    expect(rows[0]?.query).toContain(`/*traceparent='00-${trace.traceId}-`);
  });

  it('keeps the context through a savepoint that is rolled back', async () => {
    const asked = context();
    const family = await door.run(asked, async manager => {
      await expect(manager.transaction(inner => inner.query('select 1/0'))).rejects.toThrow();
      return firstOf<Seen>(manager, SEEN);
    });
    expect(family).toMatchObject({ family: asked.familyId });
  });

  it('keeps nothing of work that fails', async () => {
    const familyId = randomUUID();
    const job = `insert into ops.jobs (family_id, name) values ($1, 'spec.job')`;
    const work = door.run(serviceContext(familyId), async manager => {
      await manager.query(job, [familyId]);
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    const count = await door.run(serviceContext(familyId), manager =>
      rowsOf(manager, 'select from ops.jobs'),
    );
    expect(count).toHaveLength(0);
  });

  it('answers rows of an update in the shape of all others', async () => {
    const familyId = randomUUID();
    const { rows, count } = await door.run(serviceContext(familyId), manager =>
      statement<{ n: number }>(manager, 'with t as (select 1 as n) select n from t'),
    );
    expect({ rows, count }).toEqual({ rows: [{ n: 1 }], count: 1 });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a query of the data source', () => source.query('select 1')],
    ['a query of the global manager', () => source.manager.query('select 1')],
    ['a transaction of its own', () => source.transaction(manager => manager.query('select 1'))],
    ['a query runner of its own', () => withRunner(source, runner => runner.query('select 1'))],
  ])('refuses %s', async (_, attempt) => {
    await expect(attempt()).rejects.toBeInstanceOf(NoContextError);
  });

  it('refuses a manager that was kept after its transaction', async () => {
    const kept = await door.run(context(), manager => Promise.resolve(manager));
    await expect(kept.query('select 1')).rejects.toThrow();
  });

  it('goes on after its connection was cut in the middle', async () => {
    const cut = door.run(context(), async manager => {
      const [{ pid }] = (await rowsOf<{ pid: number }>(manager, 'select pg_backend_pid() as pid')) as [
        { pid: number },
      ];
      const killer = new Client(database.ownerUrl);
      await killer.connect();
      await killer.query('select pg_terminate_backend($1)', [pid]);
      await killer.end();
      await manager.query('select 1');
    });
    await expect(cut).rejects.toThrow();
    const asked = context();
    expect(await seen(asked)).toMatchObject({ family: asked.familyId });
  });
});
