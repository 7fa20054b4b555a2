import { createService } from '@nself/kernel';
import { Alone, SECRET } from './alone.fixture';
import { graphqlService } from './service';

/** Two instances on one database, as behind a load balancer. */
describe('another instance', () => {
  let first: Alone;
  let second: { url: string; close(): Promise<void> };

  beforeAll(async () => {
    first = await Alone.open();
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HASURA_GRAPHQL_DATABASE_URL: first.database.ownerUrl,
      HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
    };
    const { app } = await createService(graphqlService(env), env);
    await app.listen(0, '127.0.0.1');
    second = { url: await app.getUrl(), close: () => app.close() };
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  const ask = async (query: string): Promise<unknown> => {
    const headers = { 'x-hasura-admin-secret': SECRET };
    const response = await fetch(`${second.url}/v1/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    return response.json();
  };
  const until = async (query: string, good: (answer: unknown) => boolean): Promise<void> => {
    while (!good(await ask(query))) await new Promise(resolve => setTimeout(resolve, 20));
  };
  const hasData = (answer: unknown): boolean =>
    typeof answer === 'object' && answer !== null && 'data' in answer;

  it('serves what was loaded at its start', async () => {
    expect(await ask('{ author_by_pk(id: 1) { name } }')).toEqual({
      data: { author_by_pk: { name: 'Ann' } },
    });
  });

  it('hears of a change of the metadata, and of its end', async () => {
    await first.sql('create table shared (id int primary key)');
    await first.metadata('pg_track_table', { source: 'default', table: 'shared' });
    await until('{ shared { id } }', hasData);
    await first.metadata('pg_untrack_table', { source: 'default', table: 'shared' });
    await until('{ shared { id } }', answer => !hasData(answer));
  });
});
