import { once } from 'node:events';
import { connect } from 'node:net';
import { Alone, as, secret, type Talk } from './alone.fixture';

const MODERN = 'graphql-transport-ws';
const LEGACY = 'graphql-ws';
const init = (headers: object) => ({ type: 'connection_init', payload: { headers } });
const user = (id: number) => ({ ...secret, ...as(id) });

/** The words in which the two protocols differ. */
const WORDS = {
  [MODERN]: { start: 'subscribe', data: 'next', stop: 'complete' },
  [LEGACY]: { start: 'start', data: 'data', stop: 'stop' },
} as const;

describe.each([MODERN, LEGACY] as const)('a socket that speaks %s', protocol => {
  const { start, data, stop } = WORDS[protocol];
  let engine: Alone;
  const talks: Talk[] = [];
  const open = async (headers: object = user(1)): Promise<Talk> => {
    const talk = await engine.socket(protocol);
    talks.push(talk);
    talk.say(init(headers));
    return talk;
  };
  const greeted = async (headers?: object): Promise<Talk> => {
    const talk = await open(headers);
    expect(await talk.next()).toMatchObject({ type: 'connection_ack' });
    return talk;
  };
  const ask = (talk: Talk, id: string, query: string, variables = {}): void =>
    talk.say({ id, type: start, payload: { query, variables } });

  beforeAll(async () => {
    engine = await Alone.open({ HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL: '100' });
  });
  afterAll(async () => {
    for (const talk of talks) talk.close();
    await engine.close();
  });

  it('answers a query once and says that it is complete', async () => {
    const talk = await greeted();
    ask(talk, 'q', '{ article(order_by: {id: asc}) { id } }');
    expect(await talk.next()).toEqual({
      id: 'q',
      type: data,
      payload: { data: { article: [{ id: 1 }, { id: 2 }] } },
    });
    expect(await talk.next()).toEqual({ id: 'q', type: 'complete' });
  });

  it('runs a mutation', async () => {
    const talk = await greeted(secret);
    ask(talk, 'm', 'mutation { insert_author_one(object: {id: 40, name: "Socket"}) { name } }');
    expect(await talk.next()).toMatchObject({
      type: data,
      payload: { data: { insert_author_one: { name: 'Socket' } } },
    });
    expect(await engine.sql('delete from author where id = 40 returning id')).toHaveLength(1);
  });

  it('tells an error of an operation and goes on', async () => {
    const talk = await greeted();
    ask(talk, 'e', '{ nothing }');
    const told = await talk.next();
    expect(told).toMatchObject({ id: 'e', type: 'error' });
    expect(JSON.stringify(told.payload)).toContain("field 'nothing' not found");
    ask(talk, 'q', '{ __typename }');
    expect(await talk.next()).toMatchObject({ id: 'q', type: data });
  });

  it('tells every new answer of a live query, and no answer twice', async () => {
    const talk = await greeted();
    ask(talk, 'l', 'subscription { article(order_by: {id: asc}) { title } }');
    expect(await talk.next()).toMatchObject({
      payload: { data: { article: [{ title: 'One' }, { title: 'Two' }] } },
    });
    await engine.sql(`update article set title = 'Deux' where id = 2`);
    expect(await talk.next()).toMatchObject({
      payload: { data: { article: [{ title: 'One' }, { title: 'Deux' }] } },
    });
    await engine.sql(`update article set title = 'Drei' where id = 3`); // Not this user's.
    expect(await talk.silent(400)).toBe(true);
    talk.say({ id: 'l', type: stop });
    await engine.sql(`update article set title = 'Two' where id = 2`);
    expect(await talk.silent(400)).toBe(true);
  });

  it('streams every row once, in order', async () => {
    const talk = await greeted(secret);
    await engine.sql(
      'create table event (id serial primary key, word text); insert into event (word) values (1), (2), (3)',
    );
    await engine.metadata('pg_track_table', { source: 'default', table: 'event' });
    const words: unknown[] = [];
    const listen = async (count: number): Promise<void> => {
      while (words.length < count) {
        const { payload } = (await talk.next()) as {
          payload: { data: { event_stream: { word: string }[] } };
        };
        expect(payload.data.event_stream.length).toBeLessThanOrEqual(2);
        words.push(...payload.data.event_stream.map(({ word }) => word));
      }
    };
    ask(talk, 's', 'subscription { event_stream(batch_size: 2, cursor: {initial_value: {id: 0}}) { word } }');
    await listen(3);
    await engine.sql('insert into event (word) values (4), (5), (6)');
    await listen(6);
    expect(words).toEqual(['1', '2', '3', '4', '5', '6']);
    talk.say({ id: 's', type: stop });
    await engine.metadata('pg_untrack_table', { source: 'default', table: 'event' });
    await engine.sql('drop table event');
  });

  it('ends a live query whose permission is taken away', async () => {
    const talk = await greeted();
    ask(talk, 'l', 'subscription { author { id } }');
    expect(await talk.next()).toMatchObject({ type: data });
    const place = { source: 'default', table: 'author', role: 'user' };
    await engine.metadata('pg_drop_select_permission', place);
    expect(await talk.next()).toMatchObject({ id: 'l', type: 'error' });
    await engine.metadata('pg_create_select_permission', {
      ...place,
      permission: { columns: '*', filter: {} },
    });
  });

  it('says no more of a live query that failed, whatever changes', async () => {
    await engine.sql(
      `create table pie (id int primary key, eaters int not null); insert into pie values (1, 2);
       create view slice as select id, 12 / eaters as size from pie`,
    );
    await engine.metadata('pg_track_table', { source: 'default', table: 'slice' });
    const talk = await greeted(secret);
    ask(talk, 's', 'subscription { slice { size } }');
    expect(await talk.next()).toMatchObject({ id: 's', payload: { data: { slice: [{ size: 6 }] } } });
    await engine.sql('update pie set eaters = 0');
    expect(await talk.next()).toMatchObject({ id: 's', type: 'error' });
    await engine.sql('update pie set eaters = 3');
    await engine.metadata('pg_track_table', { source: 'default', table: 'pie' });
    expect(await talk.silent(500)).toBe(true);
    ask(talk, 's', '{ slice { size } }');
    expect(await talk.next()).toMatchObject({ id: 's', payload: { data: { slice: [{ size: 4 }] } } });
    for (const table of ['slice', 'pie'])
      await engine.metadata('pg_untrack_table', { source: 'default', table });
    await engine.sql('drop table pie cascade');
  });

  it('carries 500 operations, and forgets those that were too many', async () => {
    const MOST = 500;
    const talk = await greeted(secret);
    const ids = Array.from({ length: MOST + 2 }, (_, index) => String(index));
    for (const id of ids) ask(talk, id, 'subscription { author { name } }');
    const refused: unknown[] = [];
    for (const _ of ids) {
      const { id, type } = await talk.next();
      if (type === 'error') refused.push(id);
    }
    expect(refused).toEqual(ids.slice(MOST));
    for (const id of ids.slice(0, MOST)) talk.say({ id, type: stop });
    ask(talk, String(MOST), '{ author_by_pk(id: 1) { name } }');
    expect(await talk.next()).toMatchObject({ id: String(MOST), type: data });
  });

  it('lets nobody in without proof', async () => {
    const talk = await open({});
    const told = await talk.next();
    expect(protocol === MODERN ? told.type : told).toEqual(
      protocol === MODERN ? 'closed 4403' : expect.objectContaining({ type: 'connection_error' }),
    );
  });

  it('refuses an operation before the connection is initialised', async () => {
    const talk = await engine.socket(protocol);
    talks.push(talk);
    ask(talk, 'x', '{ author { id } }');
    const told = await talk.next();
    expect(told.type).toBe(protocol === MODERN ? 'closed 4401' : 'error');
  });

  it('survives messages that are none', async () => {
    const talk = await open();
    await talk.next();
    talk.say('not json');
    const told = await talk.next();
    expect(told.type).toBe(protocol === MODERN ? 'closed 4400' : 'connection_error');
    expect(await greeted()).toBeDefined();
  });
});

/** Asks for a socket and resets the connection at once. */
async function breakOff(url: string, path: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const wire = connect(Number(port), hostname);
  await once(wire, 'connect');
  wire.write(
    `GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n',
  );
  await new Promise(done => setImmediate(done));
  wire.resetAndDestroy();
  await once(wire, 'close');
}

describe('sockets', () => {
  let engine: Alone;
  beforeAll(async () => {
    engine = await Alone.open({ HASURA_GRAPHQL_CORS_DOMAIN: 'https://a.example' });
  });
  afterAll(() => engine.close());

  it('that name no protocol speak the older one, as upstream clients do', async () => {
    const talk = await engine.socket('');
    talk.say(init(secret));
    expect(await talk.next()).toMatchObject({ type: 'connection_ack' });
    talk.close();
  });

  it('whose client reads slowly are told the newest answer, and not all that they missed', async () => {
    const talk = await engine.socket(MODERN);
    talk.say(init(secret));
    await talk.next();
    const query = 'subscription { article_by_pk(id: 1) { title } }';
    talk.say({ id: 'l', type: 'subscribe', payload: { query } });
    await talk.next();
    const CHANGES = 120;
    await talk.deafDuring(async () => {
      for (let n = 1; n <= CHANGES; n++) {
        await engine.sql(`update article set title = repeat('x', 200000) || '${n}' where id = 1`);
      }
    });
    let heard = 0;
    let title = '';
    while (!title.endsWith(`x${CHANGES}`)) {
      const { payload } = (await talk.next()) as { payload: { data: { article_by_pk: { title: string } } } };
      ({ title } = payload.data.article_by_pk);
      heard++;
    }
    expect(heard).toBeLessThan(CHANGES);
    talk.close();
  });

  it('whose client reads slowly are told every row of each of their streams', async () => {
    const ROWS = 100;
    await engine.sql(
      `create table letter (id int primary key, body text);
       insert into letter select n, n || repeat('x', 100000) from generate_series(1, ${ROWS}) n`,
    );
    await engine.metadata('pg_track_table', { source: 'default', table: 'letter' });
    const talk = await engine.socket(MODERN);
    talk.say(init(secret));
    await talk.next();
    const heard = new Map<string, number[]>(['5', '6', '7', '8'].map(size => [size, []]));
    await talk.deafDuring(async () => {
      for (const size of heard.keys()) {
        const query = `subscription { letter_stream(batch_size: ${size}, cursor: {initial_value: {id: 0}}) { id body } }`;
        talk.say({ id: size, type: 'subscribe', payload: { query } });
      }
      await new Promise(done => setTimeout(done, 1_000));
    });
    const isShort = (): boolean => [...heard.values()].some(ids => !ids.includes(ROWS));
    while (isShort()) {
      const { id = '', payload } = (await talk.next()) as {
        id?: string;
        payload: { data: { letter_stream: { id: number }[] } };
      };
      heard.get(id)?.push(...payload.data.letter_stream.map(row => row.id));
    }
    const all = Array.from({ length: ROWS }, (_, index) => index + 1);
    expect([...heard.values()]).toEqual([all, all, all, all]);
    talk.close();
  });

  it.each([
    [MODERN, { type: 'ping', payload: { words: 'x'.repeat(2_000) } }, 'pong'],
    [LEGACY, { id: 'x'.repeat(2_000), type: 'start', payload: {} }, 'error'],
  ])('over %s listen to nobody who does not take the answers', async (protocol, message, answer) => {
    const TIMES = 20_000;
    const talk = await engine.socket(protocol);
    if (protocol === MODERN) {
      talk.say(init(secret));
      await talk.next();
    }
    let unheard = 0;
    await talk.deafDuring(async () => {
      for (let n = 0; n < TIMES; n++) talk.say(message);
      for (let before = -1; before !== unheard;) {
        before = unheard;
        await new Promise(done => setTimeout(done, 3_000));
        unheard = talk.unheard;
      }
    });
    expect(unheard).toBeGreaterThan(0);
    for (let n = 0; n < TIMES; n++) expect((await talk.next()).type).toBe(answer);
    talk.close();
  });

  it.each([MODERN, LEGACY])(
    'are opened over %s for no page of an origin that is not listed',
    async protocol => {
      for (const origin of [
        'https://evil.example',
        'https://a.example.evil.example',
        'http://a.example',
        'null',
      ])
        await expect(engine.socket(protocol, '/v1/graphql', { origin })).rejects.toThrow('403');
      const talk = await engine.socket(protocol, '/v1/graphql', { origin: 'https://a.example' });
      talk.say(init(secret));
      expect(await talk.next()).toMatchObject({ type: 'connection_ack' });
      talk.close();
    },
  );

  it('are opened nowhere else', async () => {
    await expect(engine.socket(MODERN, '/v1/other')).rejects.toThrow();
  });

  it('that are refused end nothing but themselves, however the client breaks them off', async () => {
    for (let n = 0; n < 20; n++) await breakOff(engine.url, '/v1/other');
    expect((await engine.send('/v1/version', {})).status).toBe(200);
  });
});

describe('a service that is told to stop', () => {
  it.each([MODERN, LEGACY] as const)('says goodbye over %s and does not wait for anybody', async protocol => {
    const { start, data } = WORDS[protocol];
    const engine = await Alone.open();
    const talk = await engine.socket(protocol);
    const deaf = await engine.socket(protocol);
    for (const one of [talk, deaf]) {
      one.say(init(secret));
      expect(await one.next()).toMatchObject({ type: 'connection_ack' });
      one.say({ id: 'l', type: start, payload: { query: 'subscription { author { name } }' } });
      expect(await one.next()).toMatchObject({ id: 'l', type: data });
    }
    await deaf.deafDuring(() => engine.close());
    expect(await talk.next()).toEqual({ type: 'closed 1001' });
    deaf.close();
  });
});
