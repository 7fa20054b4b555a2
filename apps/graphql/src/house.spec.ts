import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { plantFamilies, type TestFamily } from '../../../test/tenancy/two-families';
import { House, SECRET, type Person } from './house.fixture';

const PERMISSION = {
  columns: ['id', 'family_id', 'body', 'author_id'],
  filter: { family_id: { _eq: 'X-Hasura-Family-Id' } },
  allow_aggregations: true,
};

const setUp = {
  type: 'bulk',
  args: [
    { type: 'pg_track_table', args: { source: 'default', table: { schema: 'public', name: 'posts' } } },
    ...['adult', 'owner'].map(role => ({
      type: 'pg_create_select_permission',
      args: { source: 'default', table: { schema: 'public', name: 'posts' }, role, permission: PERMISSION },
    })),
    {
      type: 'pg_create_select_permission',
      args: {
        source: 'default',
        table: { schema: 'public', name: 'posts' },
        role: 'child',
        permission: { columns: ['id', 'body'], filter: {}, allow_aggregations: true },
      },
    },
  ],
};

describe('the GraphQL service in the house', () => {
  let house: House;
  let oaks: TestFamily;
  let elms: TestFamily;
  const personOf = (
    family: TestFamily,
    role: 'OWNER' | 'ADULT_MEMBER' | 'CHILD_MEMBER',
    as: string,
  ): Person => ({
    userId: family.people[role],
    familyId: family.id,
    role: as,
  });

  beforeAll(async () => {
    house = await House.open();
    [oaks, elms] = (await plantFamilies(house.database.adminUrl, ['Oaks', 'Elms'], 3)) as [
      TestFamily,
      TestFamily,
    ];
    await expect(house.admin('/v1/metadata', setUp)).resolves.toMatchObject([{}, {}, {}, {}]);
  });
  afterAll(() => house.close());

  it('shows a member the posts of the own family and no others', async () => {
    const seen = await house.ask(personOf(oaks, 'ADULT_MEMBER', 'adult'), '{ posts { family_id } }');
    expect(seen).toEqual({ data: { posts: oaks.posts.map(() => ({ family_id: oaks.id })) } });
  });

  it('holds the wall of the database where a permission forgets the family', async () => {
    const query = '{ posts_aggregate { aggregate { count } } }';
    const seen = await house.ask(personOf(elms, 'CHILD_MEMBER', 'child'), query);
    expect(seen).toEqual({ data: { posts_aggregate: { aggregate: { count: 3 } } } });
  });

  it('shows the admin every family', async () => {
    const seen = await house.admin('/v1/graphql', { query: '{ posts_aggregate { aggregate { count } } }' });
    expect(seen).toEqual({ data: { posts_aggregate: { aggregate: { count: 6 } } } });
  });

  it('leaves a trace in the audit trail of every use of the admin secret', async () => {
    const count = `select coalesce(sum((new_state ->> 'uses')::int), 0)::int as uses from ops.audit_events
                   where type = 'platform.used' and new_state ->> 'reason' like '%GraphQL'`;
    const before = Number((await house.rows(count))[0]?.['uses']);
    for (let i = 0; i < 3; i++) await house.admin('/v1/graphql', { query: '{ posts { id } }' });
    let uses = before;
    while (uses < before + 3) uses = Number((await house.rows(count))[0]?.['uses']);
    expect(uses).toBeGreaterThanOrEqual(before + 3);
  });

  it('takes whoever proves nothing for anonymous, whatever headers say', async () => {
    const forged = {
      'x-hasura-role': 'adult',
      'x-hasura-family-id': oaks.id,
      'x-hasura-user-id': oaks.people.OWNER,
    };
    const answer = await house.post('/v1/graphql', { query: '{ posts { id } }' }, forged);
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'validation-failed' } }] });
  });

  it.each([
    ['a wrong secret', { 'x-hasura-admin-secret': `${SECRET}x` }, 'access-denied'],
    ['a token that is none', { authorization: 'Bearer x.y.z' }, 'invalid-jwt'],
    ['another scheme', { authorization: 'Basic abc' }, 'invalid-headers'],
  ])('refuses %s', async (_, headers, code) => {
    const answer = await house.post('/v1/graphql', { query: '{ __typename }' }, headers);
    expect(answer).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('refuses a role that the token does not allow', async () => {
    const authorization = `Bearer ${await house.token(personOf(oaks, 'CHILD_MEMBER', 'child'))}`;
    const answer = await house.post(
      '/v1/graphql',
      { query: '{ __typename }' },
      { authorization, 'x-hasura-role': 'owner' },
    );
    expect(answer).toMatchObject({ errors: [{ message: 'Your requested role is not in allowed roles' }] });
  });

  it.each([
    ['/v1/metadata', { type: 'export_metadata', args: {} }],
    ['/v2/query', { type: 'run_sql', args: { source: 'default', sql: 'select 1' } }],
    ['/v1/query', { type: 'run_sql', args: { sql: 'select 1' } }],
    ['/v1/query', { type: 'bulk', args: [{ type: 'run_sql', args: { sql: 'select 1' } }] }],
    ['/v1/graphql/explain', { query: { query: '{ __typename }' } }],
  ])('keeps %s for the admin', async (path, body) => {
    const authorization = `Bearer ${await house.token(personOf(oaks, 'OWNER', 'owner'))}`;
    const answer = await house.post(path, body, { authorization });
    expect(answer).toMatchObject({ code: 'access-denied' });
  });

  describe('live queries', () => {
    const clients: Client[] = [];
    const connect = async (person: Person): Promise<Client> => {
      const headers = { authorization: `Bearer ${await house.token(person)}` };
      const client = createClient({
        url: `${house.url.replace('http', 'ws')}/v1/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { headers },
        retryAttempts: 0,
      });
      clients.push(client);
      return client;
    };
    const insert = (family: TestFamily, body: string): Promise<unknown> =>
      house.admin('/v2/query', {
        type: 'run_sql',
        args: {
          source: 'default',
          sql: `insert into posts (family_id, author_id, body) values ('${family.id}', '${family.people.OWNER}', '${body}')`,
        },
      });
    const bodies = (value: unknown): string[] =>
      (value as { data: { posts: { body: string }[] } }).data.posts.map(({ body }) => body);

    afterAll(async () => {
      for (const client of clients) await client.dispose();
    });

    it('tell members of a change in their family, and nobody of another', async () => {
      const query = 'subscription { posts(order_by: {body: asc}) { body } }';
      const oak = (await connect(personOf(oaks, 'ADULT_MEMBER', 'adult'))).iterate({ query });
      const elm = (await connect(personOf(elms, 'ADULT_MEMBER', 'adult'))).iterate({ query });
      const [first, other] = await Promise.all([oak.next(), elm.next()]);
      expect([bodies(first.value), bodies(other.value)].map(list => list.length)).toEqual([3, 3]);
      await insert(oaks, 'A new acorn');
      expect(bodies((await oak.next()).value)).toContain('A new acorn');
      await insert(elms, 'A new samara');
      const elmSaw = bodies((await elm.next()).value);
      expect(elmSaw).toContain('A new samara');
      expect(elmSaw).not.toContain('A new acorn');
      await Promise.all([oak.return?.(), elm.return?.()]);
    });

    it('close within moments when the membership is taken away', async () => {
      const person = personOf(elms, 'OWNER', 'owner');
      const client = await connect(person);
      const closed = new Promise<number>(resolve => {
        client.on('closed', event => resolve((event as { code: number }).code));
      });
      const answers = client.iterate({ query: 'subscription { posts { id } }' });
      expect((await answers.next()).value).toHaveProperty('data');
      await house.rows(
        `insert into auth.revocations (kind, user_id, family_id, expires_at)
         values ('member', '${person.userId}', '${elms.id}', now() + interval '1 day')`,
      );
      expect(await closed).toBe(4403);
    });

    it('close when the token ends, with the code that asks for a new one', async () => {
      const closed = new Promise<number>(resolve => {
        void (async () => {
          const client = await connect({ ...personOf(oaks, 'ADULT_MEMBER', 'adult'), seconds: 2 });
          client.on('closed', event => resolve((event as { code: number }).code));
          client.subscribe(
            { query: 'subscription { posts { id } }' },
            { next: () => {}, error: () => {}, complete: () => {} },
          );
        })();
      });
      expect(await closed).toBe(4403);
    });
  });
});
