import { Alone, as, secret, SECRET } from './alone.fixture';

const AUTHORS = '{ author(order_by: {id: asc}) { id name } }';
const BOTH = {
  data: {
    author: [
      { id: 1, name: 'Ann' },
      { id: 2, name: 'Ben' },
    ],
  },
};

describe('the engine over HTTP', () => {
  let engine: Alone;
  beforeAll(async () => {
    engine = await Alone.open({ HASURA_GRAPHQL_CORS_DOMAIN: 'https://a.example, https://*.b.example' });
  });
  afterAll(() => engine.close());

  it('answers each request by its role', async () => {
    const query = '{ article(order_by: {id: asc}) { id } }';
    expect((await engine.user(1, { query })).body).toEqual({ data: { article: [{ id: 1 }, { id: 2 }] } });
    expect((await engine.user(2, { query })).body).toEqual({ data: { article: [{ id: 3 }] } });
    expect((await engine.admin('/v1/graphql', { query })).body).toEqual({
      data: { article: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    });
  });

  it('serves other values of the same shape from one plan, and plans another shape anew', async () => {
    const query = 'query Q($where: author_bool_exp) { author(where: $where) { id } }';
    const ids = async (where: unknown): Promise<unknown> =>
      (await engine.user(1, { query, variables: { where } })).body;
    expect(await ids({ id: { _eq: 1 } })).toEqual({ data: { author: [{ id: 1 }] } });
    expect(await ids({ id: { _eq: 2 } })).toEqual({ data: { author: [{ id: 2 }] } });
    expect(await ids({ name: { _eq: 'Ann' } })).toEqual({ data: { author: [{ id: 1 }] } });
    expect(await ids({ id: { _eq: 'x' } })).toMatchObject({
      errors: [{ extensions: { code: expect.any(String) } }],
    });
    expect(await ids({ id: { _eq: 2 } })).toEqual({ data: { author: [{ id: 2 }] } });
  });

  it('refuses a variable that the operation does not declare, also when the plan is known', async () => {
    const query = 'query Q($id: Int!) { author_by_pk(id: $id) { id } }';
    expect((await engine.user(1, { query, variables: { id: 1 } })).body).toEqual({
      data: { author_by_pk: { id: 1 } },
    });
    const answer = await engine.user(1, { query, variables: { id: 1, other: 2 } });
    expect(answer.body).toMatchObject({ errors: [{ message: expect.stringContaining('other') }] });
  });

  it('answers a list of requests by a list, each with its own fate', async () => {
    const answer = await engine.admin('/v1/graphql', [
      { query: AUTHORS },
      { query: '{ nothing }' },
      { query: AUTHORS },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([BOTH, expect.objectContaining({ errors: expect.any(Array) }), BOTH]);
  });

  it.each([
    ['no JSON', '{', 'invalid-json'],
    ['no query', '{}', 'parse-failed'],
    ['a number', '5', 'parse-failed'],
    ['a query that is none', '{"query": 5}', 'parse-failed'],
    ['variables that are none', '{"query": "{a}", "variables": []}', 'parse-failed'],
    ['no GraphQL', '{"query": "{"}', 'validation-failed'],
    [
      'two operations and no name',
      '{"query": "query a {__typename} query b {__typename}"}',
      'validation-failed',
    ],
    ['a subscription', '{"query": "subscription { author { id } }"}', 'unexpected-payload'],
    ['an empty body', '', 'invalid-json'],
  ])('says what is wrong with %s', async (_, body, code) => {
    const told = await engine.admin('/v1/graphql', body);
    expect(told).toMatchObject({ status: 200, body: { errors: [{ extensions: { code } }] } });
    const byStatus = await engine.admin('/v1alpha1/graphql', body);
    expect(byStatus).toMatchObject({ status: 400, body: { errors: [{ extensions: { code } }] } });
  });

  it('asks who is there before it looks at the request', async () => {
    const answer = await engine.post('/v1/graphql', '{');
    expect(answer.body).toMatchObject({ errors: [{ extensions: { code: 'access-denied' } }] });
  });

  it('tells the words of the database to the admin alone', async () => {
    const mutation = { query: 'mutation { insert_author_one(object: {id: 1, name: "x"}) { id } }' };
    const answer = await engine.admin('/v1/graphql', mutation);
    expect(answer.body).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('Uniqueness violation'),
          extensions: { code: 'constraint-violation', internal: expect.anything() },
        },
      ],
    });
  });

  it('happens whole or not at all', async () => {
    const query =
      'mutation { a: insert_author_one(object: {id: 7, name: "G"}) { id } b: insert_author_one(object: {id: 1, name: "H"}) { id } }';
    expect((await engine.admin('/v1/graphql', { query })).body).toMatchObject({ errors: [{}] });
    expect(await engine.sql('select id from author where id = 7')).toEqual([]);
  });

  it('keeps numbers that a double cannot hold', async () => {
    const query = 'query Q($big: numeric) { article(where: {big: {_eq: $big}}) { id } }';
    const body = `{"query": ${JSON.stringify(query)}, "variables": {"big": 9007199254740993}}`;
    expect((await engine.admin('/v1/graphql', body)).body).toEqual({ data: { article: [{ id: 1 }] } });
  });

  it.each(['br', 'gzip'])('compresses what is large with %s', async coding => {
    const query = `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: author { id name }`).join(' ')} }`;
    const answer = await engine.admin('/v1/graphql', { query }, { 'accept-encoding': coding });
    expect(answer.headers.get('content-encoding')).toBe(coding);
    expect(Object.keys((answer.body as { data: object }).data)).toHaveLength(60);
    const small = await engine.admin('/v1/graphql', { query: AUTHORS }, { 'accept-encoding': coding });
    expect(small.headers.get('content-encoding')).toBeNull();
  });

  it('names requests and traces', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const answer = await engine.admin(
      '/v1/graphql',
      { query: AUTHORS },
      { 'x-request-id': 'mine', traceparent },
    );
    expect(answer.headers.get('x-request-id')).toBe('mine');
    expect(answer.headers.get('traceparent')).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it.each([
    ['https://a.example', true],
    ['https://x.b.example', true],
    ['https://b.example', false],
    ['https://a.example.evil.example', false],
    ['http://a.example', false],
  ])('lets pages of %s call: %s', async (origin, allowed) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-hasura-role',
    };
    const preflight = await engine.send('/v1/graphql', { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null);
  });

  it('answers its other addresses', async () => {
    expect((await engine.send('/v1/version', {})).body).toMatchObject({
      version: expect.stringMatching(/^v2\./),
    });
    expect((await engine.send('/healthz', {})).body).toBe('OK');
    expect((await engine.send('/hasura/healthz', {})).body).toBe('OK');
    expect((await engine.send('/health', {})).body).toEqual({ status: 'ok' });
    expect((await engine.send('/ready', {})).body).toMatchObject({
      status: 'ready',
      checks: { postgres: 'up' },
    });
    expect((await engine.send('/metrics', {})).body).toContain('nself_graphql_request_seconds');
    expect((await engine.send('/v1/graphql', {})).body).toMatchObject({ code: 'not-found' });
    const page = await engine.send('/console', {});
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const asset of ['page.js', 'page.css', 'react.js', 'react-dom.js', 'graphiql.js', 'graphiql.css']) {
      expect((await engine.send(`/console/${asset}`, {})).status).toBe(200);
    }
    expect((await engine.send('/console/..%2f..%2fpackage.json', {})).status).toBe(404);
  });

  it('says of its health when the metadata does not fit the database', async () => {
    await engine.sql('create table lost (id int primary key)');
    await engine.metadata('pg_track_table', { source: 'default', table: 'lost' });
    await engine.sql('drop table lost');
    await engine.metadata('reload_metadata', {});
    const fault = 'inconsistent objects in schema';
    expect(await engine.send('/healthz', {})).toMatchObject({ status: 200, body: `WARN: ${fault}` });
    expect(await engine.send('/healthz?strict=true', {})).toMatchObject({
      status: 500,
      body: `ERROR: ${fault}`,
    });
    await engine.metadata('drop_inconsistent_metadata', {});
    expect(await engine.send('/healthz?strict=true', {})).toMatchObject({ status: 200, body: 'OK' });
  });

  it('explains by GET as by POST', async () => {
    const query = 'query Q($id: Int!) { article_by_pk(id: $id) { title } }';
    const user = { 'x-hasura-role': 'user', 'x-hasura-user-id': '1' };
    const variables = { id: 1 };
    const search = new URLSearchParams({
      query,
      variables: JSON.stringify(variables),
      user: JSON.stringify(user),
    });
    const got = await engine.send(`/v1/graphql/explain?${search}`, { headers: secret });
    const posted = await engine.admin('/v1/graphql/explain', { query: { query, variables }, user });
    expect(got).toMatchObject({ status: 200, body: [{ field: 'article_by_pk' }] });
    expect(got.body).toEqual(posted.body);
    expect(await engine.send(`/v1/graphql/explain?${search}`, {})).toMatchObject({
      body: { code: 'access-denied' },
    });
    expect(await engine.send('/v1/graphql/explain?query=x&variables=%7B', { headers: secret })).toMatchObject(
      {
        status: 400,
        body: { code: 'invalid-json' },
      },
    );
  });

  it('explains a query as any user would get it', async () => {
    const body = {
      query: { query: '{ article { id } }' },
      user: { 'X-Hasura-Role': 'user', 'X-Hasura-User-Id': '1' },
    };
    const answer = await engine.admin('/v1/graphql/explain', body);
    expect(answer.body).toEqual([
      {
        field: 'article',
        sql: expect.stringContaining('author_id'),
        plan: expect.arrayContaining([expect.stringContaining('article')]),
      },
    ]);
    const changed = await engine.admin('/v1/graphql/explain', {
      query: { query: 'mutation { delete_author(where: {}) { affected_rows } }' },
    });
    expect(changed).toMatchObject({ status: 400, body: { code: 'invalid-params' } });
  });

  it('keeps answers of @cached for those with the same variables, and asks anew when told', async () => {
    const ask = async (id: number, directive: string): Promise<[unknown, Headers]> => {
      const { body, headers } = await engine.user(id, {
        query: `query ${directive} { article_aggregate { aggregate { count } } }`,
      });
      return [
        (body as { data: { article_aggregate: { aggregate: { count: number } } } }).data.article_aggregate
          .aggregate.count,
        headers,
      ];
    };
    expect((await ask(1, '@cached'))[0]).toBe(2);
    await engine.sql(`insert into article values (10, 'Ten', 1)`);
    const [kept, headers] = await ask(1, '@cached');
    expect(kept).toBe(2);
    expect(headers.get('x-hasura-query-cache-key')).toMatch(/^[0-9a-f]{64}$/);
    expect(headers.get('cache-control')).toMatch(/^max-age=\d+$/);
    expect((await ask(2, '@cached'))[0]).toBe(1);
    expect((await ask(1, ''))[0]).toBe(3);
    expect((await ask(1, '@cached(refresh: true)'))[0]).toBe(3);
    const [, given] = await ask(1, '($ttl: Int = 5) @cached(ttl: $ttl, refresh: true)');
    expect(given.get('cache-control')).toBe('max-age=5');
    await engine.sql('delete from article where id = 10');
  });

  describe('limits', () => {
    const limit = (limits: object) => engine.metadata('set_api_limits', { disabled: false, ...limits });
    afterEach(() => engine.metadata('remove_api_limits', {}));
    const code = async (body: unknown): Promise<unknown> => {
      const told = (await engine.user(1, body)).body as { errors?: { extensions: { code: string } }[] };
      return told.errors?.[0]?.extensions.code;
    };
    const deep = '{ author { articles { id } } }';
    const spread = 'query { author { ...a } } fragment a on author { articles { id } }';

    it('hold depth and nodes, also through fragments, and not for the admin', async () => {
      await limit({ depth_limit: { global: 2 } });
      expect([await code({ query: deep }), await code({ query: spread })]).toEqual([
        'depth-limit-exceeded',
        'depth-limit-exceeded',
      ]);
      expect(await code({ query: '{ author { id } }' })).toBeUndefined();
      expect((await engine.admin('/v1/graphql', { query: deep })).body).toHaveProperty('data');
      await limit({ node_limit: { global: 5, per_role: { user: 1 } } });
      expect(await code({ query: deep })).toBe('node-limit-exceeded');
    });

    it('hold batches and requests in a minute', async () => {
      await limit({ batch_limit: { global: 1 } });
      expect(await code([{ query: deep }, { query: deep }])).toBe('batch-limit-exceeded');
      await limit({ rate_limit: { global: { max_reqs_per_min: 1, unique_params: ['x-hasura-user-id'] } } });
      const codes = [];
      for (let i = 0; i < 4; i++) codes.push(await code({ query: deep }));
      expect(codes).toContain('rate-limit-exceeded');
    });

    it('hold every request of a batch against the rate', async () => {
      await limit({ rate_limit: { global: { max_reqs_per_min: 2 } } });
      const one = { query: deep };
      expect(await code([one, one, one])).toBe('rate-limit-exceeded');
      expect(await code(one)).toBeUndefined();
    });

    it('hold time', async () => {
      await limit({ time_limit: { global: 1 } });
      expect(await code({ query: '{ slow_authors { id } }' })).toBe('time-limit-exceeded');
    });
  });
});

describe('an engine behind a proxy', () => {
  let engine: Alone;
  beforeAll(async () => {
    engine = await Alone.open({ TRUSTED_PROXIES: 'loopback' });
    const rate = { global: { max_reqs_per_min: 1, unique_params: 'IP' } };
    await engine.metadata('set_api_limits', { disabled: false, rate_limit: rate });
  });
  afterAll(() => engine.close());

  it('holds the rate of each client, and not of the proxy', async () => {
    const ask = async (client: string): Promise<unknown> =>
      (await engine.admin('/v1/graphql', { query: AUTHORS }, { ...as(1), 'x-forwarded-for': client })).body;
    expect(await ask('203.0.113.1')).toEqual(BOTH);
    expect(await ask('203.0.113.2')).toEqual(BOTH);
    expect(await ask('203.0.113.1')).toMatchObject({
      errors: [{ extensions: { code: 'rate-limit-exceeded' } }],
    });
  });
});

describe('an engine with an allow list', () => {
  let engine: Alone;
  beforeAll(async () => {
    engine = await Alone.open({
      HASURA_GRAPHQL_ENABLE_ALLOWLIST: 'true',
      HASURA_GRAPHQL_ENABLED_APIS: 'graphql,metadata',
    });
    const queries = [{ name: 'authors', query: AUTHORS }];
    await engine.metadata('create_query_collection', { name: 'allowed', definition: { queries } });
    await engine.metadata('add_collection_to_allowlist', { collection: 'allowed' });
  });
  afterAll(() => engine.close());

  it('lets a role ask what is listed, however it is laid out, and nothing else', async () => {
    const laidOut = 'query {\n  author(order_by: {id: asc}) { __typename id name }\n}';
    expect((await engine.user(1, { query: AUTHORS })).body).toEqual(BOTH);
    expect((await engine.user(1, { query: laidOut })).body).toHaveProperty('data');
    const other = await engine.user(1, { query: '{ author { id } }' });
    expect(other.body).toMatchObject({ errors: [{ message: 'query is not allowed' }] });
    expect((await engine.admin('/v1/graphql', { query: '{ author { id } }' })).body).toHaveProperty('data');
  });

  it('does not serve what is switched off', async () => {
    expect(
      (await engine.send('/v1alpha1/config', { headers: { 'x-hasura-admin-secret': SECRET } })).status,
    ).toBe(404);
  });
});
