import { Alone, as, secret, type Message, type Talk } from './alone.fixture';

const query = 'subscription { article(order_by: {id: asc}) { id title } }';

describe('live queries', () => {
  let engine: Alone;
  const talks: Talk[] = [];

  beforeAll(async () => {
    engine = await Alone.open({ HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL: '50' });
  });
  afterEach(() => {
    for (const talk of talks.splice(0)) talk.close();
  });
  afterAll(() => engine.close());

  const watch = async (id: number, text = query): Promise<Talk> => {
    const talk = await engine.socket('graphql-transport-ws');
    talks.push(talk);
    talk.say({ type: 'connection_init', payload: { headers: { ...secret, ...as(id) } } });
    await talk.next();
    talk.say({ id: 'l', type: 'subscribe', payload: { query: text } });
    return talk;
  };
  const titles = ({ payload }: Message): string[] =>
    (payload as { data: { article: { title: string }[] } }).data.article.map(({ title }) => title);
  /** When the engine last began a statement on any of its connections, to the microsecond, as Postgres saw it. */
  const lastStatement = async (): Promise<unknown> => {
    const [row] = await engine.sql(
      `select max(query_start)::text as last
       from   pg_stat_activity
       where  datname = current_database() and application_name like 'nself graphql%'`,
    );
    return row?.['last'];
  };

  it('ask nothing while nothing changes', async () => {
    const watchers = await Promise.all([watch(1), watch(1), watch(2)]);
    await Promise.all(watchers.map(talk => talk.next()));
    const before = await lastStatement();
    await new Promise(resolve => setTimeout(resolve, 1_000)); // Twenty times the interval at which others are polled.
    expect(await lastStatement()).toBe(before);
    await engine.sql(`update article set title = 'Un' where id = 1`);
    expect(titles(await watchers[0].next())).toContain('Un');
    expect(await lastStatement()).not.toBe(before);
    await engine.sql(`update article set title = 'One' where id = 1`);
  });

  it('ask once for all who would get the same answer', async () => {
    const watchers = await Promise.all(Array.from({ length: 20 }, () => watch(1)));
    const first = await Promise.all(watchers.map(talk => talk.next()));
    expect(new Set(first.map(message => JSON.stringify(message))).size).toBe(1);
    await engine.sql(`update article set title = 'Uno' where id = 1`);
    const second = await Promise.all(watchers.map(talk => talk.next()));
    for (const message of second) expect(titles(message)).toContain('Uno');
    await engine.sql(`update article set title = 'One' where id = 1`);
  });

  it('are polled where a function may read anything', async () => {
    await engine.sql(`
      create table hidden (n int); insert into hidden values (1);
      create function numbered(article) returns int language sql stable as 'select n from hidden';`);
    await engine.metadata('pg_add_computed_field', {
      source: 'default',
      table: 'article',
      name: 'number',
      definition: { function: 'numbered' },
    });
    const talk = await watch(1, 'subscription { article(limit: 1, order_by: {id: asc}) { id } }');
    await talk.next();
    const admin = await engine.socket('graphql-transport-ws');
    talks.push(admin);
    admin.say({ type: 'connection_init', payload: { headers: secret } });
    await admin.next();
    admin.say({
      id: 'l',
      type: 'subscribe',
      payload: { query: 'subscription { article(limit: 1, order_by: {id: asc}) { number } }' },
    });
    expect(await admin.next()).toMatchObject({ payload: { data: { article: [{ number: 1 }] } } });
    await engine.sql('update hidden set n = 2');
    expect(await admin.next()).toMatchObject({ payload: { data: { article: [{ number: 2 }] } } });
  });

  it('hear of changes beneath views', async () => {
    await engine.sql('create view titled as select id, title as word from article');
    await engine.metadata('pg_track_table', { source: 'default', table: 'titled' });
    const admin = await engine.socket('graphql-transport-ws');
    talks.push(admin);
    admin.say({ type: 'connection_init', payload: { headers: secret } });
    await admin.next();
    admin.say({
      id: 'l',
      type: 'subscribe',
      payload: { query: 'subscription { titled(where: {id: {_eq: 1}}) { word } }' },
    });
    expect(await admin.next()).toMatchObject({ payload: { data: { titled: [{ word: 'One' }] } } });
    await engine.sql(`update article set title = 'Eins' where id = 1`);
    expect(await admin.next()).toMatchObject({ payload: { data: { titled: [{ word: 'Eins' }] } } });
    await engine.sql(`update article set title = 'One' where id = 1`);
  });

  it('are told what they missed after the connection that hears changes was lost', async () => {
    const talk = await watch(1);
    await talk.next();
    await engine.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'nself graphql listener' and datname = current_database()`,
    );
    await engine.sql(`update article set title = 'Lost' where id = 1`);
    expect(titles(await talk.next())).toContain('Lost');
    await engine.sql(`update article set title = 'One' where id = 1`);
    expect(titles(await talk.next())).toContain('One');
  });

  it('go on after the connections of requests were lost', async () => {
    const talk = await watch(1);
    await talk.next();
    await engine.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'nself graphql' and datname = current_database()`,
    );
    await engine.sql(`update article set title = 'Back' where id = 1`);
    expect(titles(await talk.next())).toContain('Back');
    await engine.sql(`update article set title = 'One' where id = 1`);
  });

  it('with several root fields are answered as one', async () => {
    const text =
      'subscription @_multiple_top_level_fields { a: article(where: {id: {_eq: 1}}) { id } b: author(where: {id: {_eq: 1}}) { id } }';
    expect(await (await watch(1, text)).next()).toMatchObject({
      payload: { data: { a: [{ id: 1 }], b: [{ id: 1 }] } },
    });
  });
});
