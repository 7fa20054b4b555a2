import { randomUUID } from 'node:crypto';
import { Person, send, testStack, type Answer, type Call, type TestStack } from '../support';
import { SERVICES } from './tokens/doors';
import { SOCKET_PROTOCOLS, TokenSocket, type SocketProtocol } from './tokens/token-socket';

const RATE = 3;
/** Far more than a rate of three lets through before a minute or two are over. */
const MANY = 12;

/** What somebody with a token hears: what tells that it was too often, in the words of the door, or that it was not. */
type Ask = (stack: TestStack, token: string) => Promise<'served' | object>;

const seconds: unknown = expect.stringMatching(/^\d+$/);

/** Every place where requests are made, how it is asked for something small, and how it says that it was too often. */
const PLACES: Record<string, { ask: Ask; tooOften: object }> = {
  auth: {
    ask: http('auth', 'GET', () => '/v1/auth/me'),
    tooOften: problem(),
  },
  'an open route of auth': {
    ask: http('auth', 'GET', () => '/v1/healthz'),
    tooOften: { status: 429, wait: seconds },
  },
  'the face for Nhost': {
    ask: http('auth', 'GET', () => '/v1/user'),
    tooOften: { status: 429, wait: seconds, body: { status: 429, error: 'invalid-request' } },
  },
  api: {
    ask: http('api', 'GET', () => `/v1/media/${randomUUID()}`),
    tooOften: problem(),
  },
  'stream-gateway': {
    ask: http('stream-gateway', 'DELETE', () => `/v1/streams/${randomUUID()}`),
    tooOften: problem(),
  },
  graphql: {
    ask: http('graphql', 'POST', () => '/v1/graphql', { json: { query: '{ families { id } }' } }),
    tooOften: {
      status: 429,
      wait: seconds,
      body: { errors: [{ extensions: { code: 'rate-limit-exceeded', retryAfter: expect.any(Number) } }] },
    },
  },
  ...Object.fromEntries(
    SOCKET_PROTOCOLS.map(protocol => [
      protocol,
      {
        ask: socket(protocol),
        tooOften: { said: expect.stringContaining('rate-limit-exceeded') as unknown },
      },
    ]),
  ),
};

function problem(): object {
  return { status: 429, wait: seconds, body: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } };
}

function http(service: string, method: string, path: () => string, call: Call = {}): Ask {
  return async (stack, token) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer: Answer<unknown> = await send(stack.url(service, path()), { ...call, method, headers });
    if (answer.status !== 429) return 'served';
    return { status: answer.status, wait: answer.headers.get('retry-after'), body: answer.body };
  };
}

function socket(protocol: SocketProtocol): Ask {
  return async (stack, token) => {
    const headers = { authorization: `Bearer ${token}` };
    const talk = new TokenSocket(stack.url('graphql', '/v1/graphql'), protocol, headers);
    const said = JSON.stringify(await talk.answer);
    await talk.end();
    return said.includes('families') ? 'served' : { said };
  };
}

describe('the rate of a key', () => {
  let stack: TestStack;
  let owner: Person;

  beforeAll(async () => {
    stack = await testStack(SERVICES);
    owner = await Person.register(stack, 'Amina');
  }, 300_000);
  afterAll(() => stack?.stop());

  async function tokenOfKey(): Promise<string> {
    const json = { name: 'robot', scopes: ['read', 'write'], rateLimit: RATE };
    const made = await owner.call<{ key: string }>('auth', '/v1/api-keys', { json });
    const address = stack.url('auth', '/v1/token/api-key');
    return (await send<{ accessToken: string }>(address, { json: { key: made.body.key } })).body.accessToken;
  }

  /** Asks until it was too often; the key fills up again meanwhile, but never as fast as this. */
  async function askUntilRefused(ask: Ask, token: string): Promise<{ served: number; refusal: unknown }> {
    for (let served = 0; served < MANY; served++) {
      const refusal = await ask(stack, token);
      if (refusal !== 'served') return { served, refusal };
    }
    return { served: MANY, refusal: 'none' };
  }

  it.each(Object.entries(PLACES))('is used up at %s, and so everywhere', async (_, place) => {
    const token = await tokenOfKey();
    const { served, refusal } = await askUntilRefused(place.ask, token);
    expect(served).toBeGreaterThan(0);
    expect(refusal).toMatchObject(place.tooOften);
    for (const [name, { ask, tooOften }] of Object.entries(PLACES)) {
      const elsewhere = await askUntilRefused(ask, token);
      expect({ name, ...elsewhere }).toMatchObject({ name, refusal: tooOften });
      expect(elsewhere.served).toBeLessThan(2);
    }
  });

  it('counts each operation of a batch', async () => {
    const json = Array.from({ length: RATE + 1 }, () => ({ query: '{ families { id } }' }));
    const batch = http('graphql', 'POST', () => '/v1/graphql', { json });
    expect(await batch(stack, await tokenOfKey())).toMatchObject({ status: 429 });
  });

  it('is no matter of people', async () => {
    for (const { ask } of Object.values(PLACES))
      for (let turn = 0; turn < MANY; turn++) expect(await ask(stack, owner.token)).toBe('served');
  });
});
