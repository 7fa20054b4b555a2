import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { plantFamilies, type TestFamily } from '../../../test/tenancy/two-families';
import { House } from './house.fixture';

const posts = { source: 'default', table: { schema: 'public', name: 'posts' } };
/** A permission that shows every row: what is hidden then is hidden by the database. */
const SETUP = {
  type: 'bulk',
  args: [
    { type: 'pg_track_table', args: posts },
    {
      type: 'pg_create_select_permission',
      args: { ...posts, role: 'adult', permission: { columns: ['id'], filter: {} } },
    },
  ],
};

/** What other engines once let through the service itself; the rest of the list is in test/conformance/leaks. */
describe('the GraphQL service does not', () => {
  let house: House;
  let oaks: TestFamily;
  let client: Client | undefined;

  beforeAll(async () => {
    house = await House.open();
    [oaks] = (await plantFamilies(house.database.adminUrl, ['Oaks'], 3)) as [TestFamily];
    await house.admin('/v1/metadata', SETUP);
  });
  afterAll(async () => {
    await client?.dispose();
    await house.close();
  });

  it('go on sending a row that is no longer visible', async () => {
    const person = { userId: oaks.people.ADULT_MEMBER, familyId: oaks.id, role: 'adult' };
    const headers = { authorization: `Bearer ${await house.token(person)}` };
    client = createClient({
      url: `${house.url.replace('http', 'ws')}/v1/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { headers },
      retryAttempts: 0,
    });
    const answers = client.iterate({ query: 'subscription { posts { id } }' });
    const seen = async (): Promise<string[]> => {
      const { value } = (await answers.next()) as { value: { data: { posts: { id: string }[] } } };
      return value.data.posts.map(({ id }) => id).sort();
    };
    const all = [...oaks.posts].sort();
    expect(await seen()).toEqual(all);
    await house.rows(`update posts set visibility = 'private' where id = '${all[0]}'`);
    expect(await seen()).toEqual(all.slice(1));
    await house.rows(`update posts set visibility = 'family' where id = '${all[0]}'`);
    expect(await seen()).toEqual(all);
    await answers.return?.();
  });

  it.each([
    `select pg_read_file('/etc/passwd')`,
    `select pg_ls_dir('/')`,
    `select lo_import('/etc/passwd')`,
    `copy posts to '/tmp/nself-leak'`,
    `copy posts from program 'true'`,
    `create extension file_fdw`,
    `alter role current_user superuser`,
  ])('let raw SQL reach the machine: %s', async sql => {
    const answer = await house.admin('/v2/query', { type: 'run_sql', args: { source: 'default', sql } });
    expect(answer).toMatchObject({
      code: 'postgres-error',
      internal: { error: { status_code: '42501' } },
    });
  });

  it('take a socket that proves nothing for the system', async () => {
    const nobody = createClient({
      url: `${house.url.replace('http', 'ws')}/v1/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { headers: { 'x-hasura-role': 'admin', 'x-hasura-family-id': oaks.id } },
      retryAttempts: 0,
    });
    const first = nobody.iterate({ query: 'query { posts { id } }' }).next();
    const told = await first.catch((refusal: unknown) => refusal);
    await nobody.dispose();
    expect(JSON.stringify(told)).toContain("field 'posts' not found in type: 'query_root'");
  });
});
