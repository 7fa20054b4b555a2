import { createService, loadSettings } from '@nself/kernel';
import { Alone, as, SECRET } from './alone.fixture';
import { graphqlService } from './service';
import { graphqlSettings } from './settings';

const production = { NODE_ENV: 'production' };
const inHouse = { APP_DATABASE_URL: 'postgres://nobody@127.0.0.1/nowhere' };

describe('raw SQL', () => {
  it.each([
    ['in production, in the house', { ...production, ...inHouse }, false],
    ['in production, unless allowed', { ...production, ...inHouse, GRAPHQL_RUN_SQL: 'true' }, true],
    ['where NODE_ENV is not said, as in production', inHouse, false],
    ['elsewhere', { NODE_ENV: 'development', ...inHouse }, true],
    ['of an engine by itself', production, true],
  ])('%s', (_, env: Record<string, string>, allowed) =>
    expect(loadSettings([graphqlSettings], env).get(graphqlSettings).runSql).toBe(allowed),
  );

  it('is refused where it is switched off, whatever it comes in, and rows are still served', async () => {
    const closed = await Alone.open({ GRAPHQL_RUN_SQL: 'false' });
    const script = { type: 'run_sql', args: { sql: 'drop table article' } };
    const refused = { status: 400, body: { code: 'access-denied', error: 'run_sql is switched off' } };
    for (const path of ['/v1/query', '/v2/query'])
      for (const body of [script, { type: 'bulk', args: [script] }])
        expect(await closed.admin(path, body)).toMatchObject(refused);
    const count = { type: 'pg_count', args: { table: 'article' } };
    expect(await closed.admin('/v2/query', count)).toMatchObject({ status: 200 });
    await closed.close();
  });
});

describe('what stays closed', () => {
  let engine: Alone;
  beforeAll(async () => {
    engine = await Alone.open();
  });
  afterAll(() => engine.close());

  it.each(['/v1alpha1/pg_dump', '/dev/ekg', '/dev/plan_cache', '/dev/subscriptions'])(
    'is %s, to the admin too',
    async path => {
      expect(await engine.admin(path, { opts: ['-s'] })).toMatchObject({ status: 404 });
      const got = await engine.send(path, { headers: { 'x-hasura-admin-secret': SECRET } });
      expect(got.status).toBe(404);
    },
  );

  it('is the schema, to roles that may not look at it', async () => {
    const look = (headers: Record<string, string>) =>
      engine.admin('/v1/graphql', { query: '{ __schema { queryType { name } } }' }, headers);
    const shown = { body: { data: { __schema: { queryType: { name: 'query_root' } } } } };
    expect(await look(as(1))).toMatchObject(shown);
    await engine.metadata('set_graphql_schema_introspection_options', { disabled_for_roles: ['user'] });
    expect(await look(as(1))).toMatchObject({
      body: { errors: [{ message: "field '__schema' not found in type: 'query_root'" }] },
    });
    expect(await look({})).toMatchObject(shown);
    expect(await engine.user(1, { query: '{ author(limit: 1) { __typename } }' })).toMatchObject({
      body: { data: { author: [{ __typename: 'author' }] } },
    });
    await engine.metadata('set_graphql_schema_introspection_options', { disabled_for_roles: [] });
  });

  it.each([
    ['HASURA_GRAPHQL_JWT_SECRET', JSON.stringify({ type: 'HS256', key: 'k'.repeat(32) })],
    ['HASURA_GRAPHQL_AUTH_HOOK', 'http://127.0.0.1:1/hook'],
  ])('is an engine with %s and without an admin secret', async (name, value) => {
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HASURA_GRAPHQL_DATABASE_URL: engine.database.ownerUrl,
      [name]: value,
    };
    const start = async () => {
      const { app } = await createService(graphqlService(env), env);
      await app.close();
    };
    await expect(start()).rejects.toThrow('HASURA_GRAPHQL_ADMIN_SECRET');
  });
});

describe('what lies behind an error', () => {
  it.each([
    [{}, 'the admin', { admin: true, user: false }],
    [{ HASURA_GRAPHQL_ADMIN_INTERNAL_ERRORS: 'false' }, 'nobody', { admin: false, user: false }],
    [
      { HASURA_GRAPHQL_ADMIN_INTERNAL_ERRORS: 'false', HASURA_GRAPHQL_DEV_MODE: 'true' },
      'everybody',
      { admin: true, user: true },
    ],
  ])('is told with %j to %s', async (env, _, told) => {
    const other = await Alone.open(env);
    const query = '{ author(where: {name: {_similar: "("}}) { id } }';
    const hears = async (asker: Record<string, string>): Promise<boolean[]> => {
      const single = await other.admin('/v1/graphql', { query }, asker);
      const batch = await other.admin('/v1/graphql', [{ query }], asker);
      return [single, batch].map(({ body }) => JSON.stringify(body).includes('"internal"'));
    };
    expect(await hears({})).toEqual([told.admin, told.admin]);
    expect(await hears(as(1))).toEqual([told.user, told.user]);
    await other.close();
  });
});
