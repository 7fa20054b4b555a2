import { createService } from '../../../libs/kernel/src';
import { Alone, as, SECRET } from './alone.fixture';
import { graphqlService } from './service';

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
