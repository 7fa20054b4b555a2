import { Alone, as, secret } from './alone.fixture';

describe('REST endpoints', () => {
  let engine: Alone;
  const endpoint = async (name: string, url: string, methods: string[], query: string): Promise<void> => {
    const collection = { name, definition: { queries: [{ name: 'only', query }] } };
    const definition = { query: { collection_name: name, query_name: 'only' } };
    expect((await engine.metadata('create_query_collection', collection)).status).toBe(200);
    expect((await engine.metadata('create_rest_endpoint', { name, url, methods, definition })).status).toBe(
      200,
    );
  };
  const get = (path: string, method = 'GET') =>
    engine.send(`/api/rest/${path}`, { method, headers: { ...secret, ...as(1) } });

  beforeAll(async () => {
    engine = await Alone.open();
    await endpoint(
      'one',
      'authors/:id',
      ['GET', 'POST'],
      'query Q($id: Int!, $names: [String!] = ["Ann", "Ben"]) { author(where: {id: {_eq: $id}, name: {_in: $names}}) { name } }',
    );
    await endpoint(
      'spread',
      'spread/:id',
      ['GET'],
      'fragment who on author { name } query Q($id: Int!) { author_by_pk(id: $id) { id ...who } }',
    );
    await endpoint('kept', 'kept', ['GET'], 'query @cached(ttl: 30) { article { title } }');
  });
  afterAll(() => engine.close());

  it('take variables from path, query string and body', async () => {
    expect(await get('authors/2')).toMatchObject({ status: 200, body: { author: [{ name: 'Ben' }] } });
    expect(await get('authors/2?names=%5B%22Ann%22%5D')).toMatchObject({
      status: 400,
      body: { code: 'bad-request' },
    });
    const posted = await engine.admin('/api/rest/authors/1', { names: ['Ann'] });
    expect(posted).toMatchObject({ status: 200, body: { author: [{ name: 'Ann' }] } });
  });

  it('say what is wrong by status', async () => {
    expect(await get('authors/x')).toMatchObject({ status: 400 });
    expect(await get('nowhere')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await get('authors/1', 'DELETE')).toMatchObject({
      status: 405,
      body: { error: 'Allowed methods: GET, POST' },
    });
  });

  it('have the variables of their operation, wherever its fragments stand', async () => {
    expect(await get('spread/2')).toMatchObject({
      status: 200,
      body: { author_by_pk: { id: 2, name: 'Ben' } },
    });
    const { body } = await engine.send('/api/swagger/json', { headers: secret });
    const answer = 'paths./api/rest/spread/{id}.get.responses.200.content.application/json.schema.properties';
    expect(body).toHaveProperty(
      [...answer.split('.'), 'author_by_pk', 'properties', 'name', 'type'],
      'string',
    );
  });

  it('are kept for one asker by no cache on the way, and not by a browser that several share', async () => {
    const { status, headers } = await get('kept');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect(headers.get('vary')).toBe('*');
  });
});
