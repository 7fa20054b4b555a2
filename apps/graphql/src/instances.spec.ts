import { createService } from '@nself/kernel';
import { Alone, SECRET } from './alone.fixture';
import { graphqlService } from './service';

const OTHERS = 23;
/** Generous: what counts is that every instance hears of it. The figure that is aimed at is a second. */
const DEADLINE_MS = 90_000;

interface Instance {
  readonly url: string;
  close(): Promise<void>;
}

/** Twenty-four instances on one database, as behind a load balancer. */
describe('every other instance', () => {
  let first: Alone;
  const others: Instance[] = [];

  const start = async (): Promise<Instance> => {
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HASURA_GRAPHQL_DATABASE_URL: first.database.ownerUrl,
      HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
      HASURA_GRAPHQL_PG_CONNECTIONS: '1',
    };
    const { app } = await createService(graphqlService(env), env);
    await app.listen(0, '127.0.0.1');
    return { url: await app.getUrl(), close: () => app.close() };
  };

  beforeAll(async () => {
    first = await Alone.open({ HASURA_GRAPHQL_PG_CONNECTIONS: '1' });
    while (others.length < OTHERS) others.push(await start());
  }, 300_000);
  afterAll(async () => {
    for (const other of others) await other.close();
    await first.close();
  }, 120_000);

  const ask = async ({ url }: Instance, query: string): Promise<object> => {
    const headers = { 'x-hasura-admin-secret': SECRET };
    const response = await fetch(`${url}/v1/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as object;
  };

  /** Milliseconds until the last of them answers as it should. */
  const settled = async (query: string, good: (answer: object) => boolean): Promise<number> => {
    const begun = performance.now();
    const one = async (other: Instance): Promise<void> => {
      while (!good(await ask(other, query))) {
        if (performance.now() - begun > DEADLINE_MS) throw new Error(`${other.url} never heard of it`);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    };
    await Promise.all(others.map(one));
    return performance.now() - begun;
  };

  it('serves what was loaded at its start', async () => {
    for (const other of others)
      expect(await ask(other, '{ author_by_pk(id: 1) { name } }')).toEqual({
        data: { author_by_pk: { name: 'Ann' } },
      });
  });

  it('hears of a change of the metadata, and of its end', async () => {
    await first.sql('create table shared (id int primary key)');
    await first.metadata('pg_track_table', { source: 'default', table: 'shared' });
    const heard = await settled('{ shared { id } }', answer => 'data' in answer);
    await first.metadata('pg_untrack_table', { source: 'default', table: 'shared' });
    const gone = await settled('{ shared { id } }', answer => 'errors' in answer);
    const times = [heard, gone].map(time => `${time.toFixed(0)} ms`).join(' and ');
    console.info(`a change of the metadata was on all of ${OTHERS + 1} instances after ${times}`);
  });
});
