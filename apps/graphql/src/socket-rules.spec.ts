import { SignJWT } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Alone, as, secret, type Talk } from './alone.fixture';

const MODERN = 'graphql-transport-ws';
const LEGACY = 'graphql-ws';
const init = (headers: object = {}) => ({ type: 'connection_init', payload: { headers } });
const start = (id: string, query = '{ author(order_by: {id: asc}) { name } }') => ({
  id,
  type: 'start',
  payload: { query },
});

describe('the rules of a socket', () => {
  let engine: Alone;
  const talks: Talk[] = [];
  beforeAll(async () => {
    engine = await Alone.open({ HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE: '1' });
  });
  afterAll(async () => {
    for (const talk of talks) talk.close();
    await engine.close();
  });

  const greeted = async (protocol: string): Promise<Talk> => {
    const talk = await engine.socket(protocol);
    talks.push(talk);
    talk.say(init({ ...secret, ...as(1) }));
    expect(await talk.next()).toMatchObject({ type: 'connection_ack' });
    return talk;
  };

  it.each([
    [MODERN, { type: 'ping', payload: { message: 'keepalive' } }],
    [LEGACY, { type: 'ka' }],
  ])('%s is kept alive by signs', async (protocol, sign) => {
    const talk = await greeted(protocol);
    expect(await talk.any()).toEqual(sign);
  });

  it('a ping of the client is answered', async () => {
    const talk = await greeted(MODERN);
    talk.say({ type: 'ping', payload: { mine: 1 } });
    expect(await talk.next()).toEqual({ type: 'pong', payload: { mine: 1 } });
  });

  it('an id is for one operation at a time', async () => {
    const live = 'subscription { author { name } }';
    const modern = await greeted(MODERN);
    for (let n = 0; n < 2; n++) modern.say({ id: 'a', type: 'subscribe', payload: { query: live } });
    let last = await modern.next();
    if (last.type === 'next') last = await modern.next();
    expect(last.type).toBe('closed 4409');
    const legacy = await greeted(LEGACY);
    legacy.say(start('a', live));
    expect(await legacy.next()).toMatchObject({ type: 'data' });
    legacy.say(start('a', live));
    expect(await legacy.next()).toEqual({
      id: 'a',
      type: 'error',
      payload: {
        path: '$',
        error: 'an operation already exists with this id: a',
        code: 'start-failed',
      },
    });
  });

  it.each([
    [MODERN, 'closed 4400'],
    [LEGACY, 'connection_error'],
  ])('%s refuses a kind of message that there is not', async (protocol, answer) => {
    const talk = await greeted(protocol);
    talk.say({ type: 'surprise', id: '1' });
    expect((await talk.next()).type).toBe(answer);
  });

  it('a second greeting ends the newer protocol', async () => {
    const talk = await greeted(MODERN);
    talk.say(init(secret));
    expect((await talk.next()).type).toBe('closed 4429');
  });
});

describe.each([MODERN, LEGACY])('a client of %s that never says who it is', protocol => {
  let engine: Alone;
  let talk: Talk;
  beforeAll(async () => {
    engine = await Alone.open({ HASURA_GRAPHQL_WEBSOCKET_CONNECTION_INIT_TIMEOUT: '1' });
  });
  afterAll(async () => {
    talk.close();
    await engine.close();
  });

  it('is not waited for', async () => {
    talk = await engine.socket(protocol);
    expect(await talk.any()).toEqual({ type: 'closed 4408' });
  });
});

describe('a client whose identity takes long to find out', () => {
  let engine: Alone;
  let hook: Server;
  let talk: Talk;
  let letIn: () => void;
  const asked = new Promise<void>(resolve => (letIn = resolve));

  beforeAll(async () => {
    hook = createServer((_, response) => {
      void asked.then(() =>
        response.end(JSON.stringify({ 'x-hasura-role': 'user', 'x-hasura-user-id': '1' })),
      );
    });
    await new Promise<void>(resolve => hook.listen(0, '127.0.0.1', resolve));
    engine = await Alone.open({
      HASURA_GRAPHQL_AUTH_HOOK: `http://127.0.0.1:${(hook.address() as AddressInfo).port}`,
    });
  });
  afterAll(async () => {
    talk.close();
    await engine.close();
    hook.closeAllConnections();
    await new Promise(resolve => hook.close(resolve));
  });

  it('may start an operation behind its greeting without waiting', async () => {
    talk = await engine.socket(LEGACY);
    talk.say(init());
    talk.say(start('q'));
    letIn();
    expect(await talk.next()).toEqual({ type: 'connection_ack' });
    expect(await talk.next()).toMatchObject({ id: 'q', type: 'data' });
  });
});

describe('the cookies of a handshake', () => {
  const KEY = 'a-shared-key-that-is-long-enough-0123456789';
  const jwt = JSON.stringify({ type: 'HS256', key: KEY, header: { type: 'Cookie', name: 'token' } });
  const cookie = async (): Promise<string> => {
    const claims = { 'x-hasura-default-role': 'user', 'x-hasura-allowed-roles': ['user'] };
    const token = new SignJWT({ 'https://hasura.io/jwt/claims': claims }).setProtectedHeader({
      alg: 'HS256',
    });
    return `token=${await token.sign(Buffer.from(KEY))}`;
  };

  it.each<[string, Record<string, string>, string]>([
    ['count', {}, 'connection_ack'],
    [
      'do not count where no page of another origin may call',
      { HASURA_GRAPHQL_DISABLE_CORS: 'true' },
      'closed 4403',
    ],
    [
      'count even then when that is wanted',
      { HASURA_GRAPHQL_DISABLE_CORS: 'true', HASURA_GRAPHQL_WS_READ_COOKIE: 'true' },
      'connection_ack',
    ],
  ])('%s', async (_, env, answer) => {
    const engine = await Alone.open({ ...env, HASURA_GRAPHQL_JWT_SECRET: jwt });
    const talk = await engine.socket(MODERN, '/v1/graphql', { cookie: await cookie() });
    talk.say(init());
    const { type } = await talk.next();
    talk.close();
    await engine.close();
    expect(type).toBe(answer);
  });
});
