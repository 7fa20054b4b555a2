import { randomUUID } from 'node:crypto';
import { SCOPES, type Scope } from '../../libs/identity/src';
import { Person, send, testStack, type TestStack } from '../support';
import { Doors, PATIENCE_MS, SERVICES } from './tokens/doors';
import { SOCKET_PROTOCOLS } from './tokens/token-socket';

const graphql = (query: string) => ({
  service: 'graphql',
  method: 'POST',
  path: '/v1/graphql',
  json: { query },
});
const nothing = randomUUID();

/** What keys of machines may be used for, and where: all of these scopes are needed. Null is closed to every key. */
const PLACES: [what: string, needed: readonly Scope[] | null, request: ReturnType<typeof graphql> | Rest][] =
  [
    ['who am I', ['read'], { service: 'auth', method: 'GET', path: '/v1/auth/me' }],
    ['who am I, for Nhost', ['read'], { service: 'auth', method: 'GET', path: '/v1/user' }],
    ['the families', ['read'], { service: 'auth', method: 'GET', path: '/v1/families' }],
    ['the members', ['read'], { service: 'auth', method: 'GET', path: '/v1/families/:family/members' }],
    [
      'the invitations',
      ['read'],
      { service: 'auth', method: 'GET', path: '/v1/families/:family/invitations' },
    ],
    ['the devices', ['read'], { service: 'auth', method: 'GET', path: '/v1/devices' }],
    ['a new name', ['write'], { service: 'auth', method: 'PATCH', path: '/v1/families/:family', json: {} }],
    [
      'an invitation',
      null,
      { service: 'auth', method: 'POST', path: '/v1/families/:family/invitations', json: {} },
    ],
    [
      'a handover',
      null,
      { service: 'auth', method: 'POST', path: '/v1/families/:family/transfer', json: {} },
    ],
    [
      'another family',
      null,
      { service: 'auth', method: 'POST', path: '/v1/families', json: { name: 'Pines' } },
    ],
    [
      'a key',
      null,
      { service: 'auth', method: 'POST', path: '/v1/api-keys', json: { name: 'x', scopes: [] } },
    ],
    ['a personal token', null, { service: 'auth', method: 'POST', path: '/v1/pat', json: {} }],
    ['the sessions', null, { service: 'auth', method: 'GET', path: '/v1/sessions' }],
    ['the export of an account', null, { service: 'auth', method: 'GET', path: '/v1/account/export' }],
    ['the end of an account', null, { service: 'auth', method: 'DELETE', path: '/v1/account' }],
    ['a second factor', null, { service: 'auth', method: 'GET', path: '/v1/mfa/totp/generate' }],
    ['another address', null, { service: 'auth', method: 'POST', path: '/v1/user/email/change', json: {} }],
    ['a media item', ['read'], { service: 'api', method: 'GET', path: `/v1/media/${nothing}` }],
    ['a link to a file', ['files'], { service: 'api', method: 'GET', path: `/v1/media/${nothing}/url` }],
    ['an upload', ['files', 'write'], { service: 'api', method: 'POST', path: '/v1/storage/upload' }],
    ['the trail', ['audit'], { service: 'api', method: 'GET', path: '/v1/audit/events' }],
    ['a stream', ['write'], { service: 'stream-gateway', method: 'POST', path: '/v1/streams', json: {} }],
    [
      'a heartbeat',
      ['write'],
      { service: 'stream-gateway', method: 'POST', path: `/v1/streams/${nothing}/heartbeat`, json: {} },
    ],
    [
      'the end of a stream',
      ['write'],
      { service: 'stream-gateway', method: 'DELETE', path: `/v1/streams/${nothing}` },
    ],
    ['a query', ['read'], graphql('{ families { id } }')],
    ['a look at the schema', ['read'], graphql('{ __schema { queryType { name } } }')],
    [
      'a mutation',
      ['write'],
      graphql('mutation { delete_posts(where: { id: { _is_null: true } }) { affected_rows } }'),
    ],
  ];

interface Rest {
  service: string;
  method: string;
  path: string;
  json?: object;
}

const HELD: [name: string, scopes: readonly Scope[]][] = [
  ['nothing', []],
  ...SCOPES.map((scope): [string, Scope[]] => [scope, [scope]]),
  ['files and write', ['files', 'write']],
  ['everything', SCOPES],
];

describe('the scopes of a key', () => {
  let stack: TestStack;
  let owner: Person;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    stack = await testStack(SERVICES);
    owner = await Person.register(stack, 'Amina');
    for (const [name, scopes] of HELD) tokens.set(name, await keyWith(name, scopes));
  }, 300_000);
  afterAll(() => stack?.stop());

  async function keyWith(name: string, scopes: readonly Scope[]): Promise<string> {
    const made = await owner.call<{ key: string }>('auth', '/v1/api-keys', { json: { name, scopes } });
    const address = stack.url('auth', '/v1/token/api-key');
    const { body } = await send<{ accessToken: string }>(address, { json: { key: made.body.key } });
    return body.accessToken;
  }

  /** Whether somebody with this token is stopped for want of a scope; what comes after that does not matter here. */
  async function isStopped(token: string, request: Rest): Promise<boolean> {
    const { service, method, json } = request;
    const path = request.path.replace(':family', owner.familyId);
    const headers = { authorization: `Bearer ${token}` };
    const { status, body } = await send<Answer>(stack.url(service, path), { method, headers, json });
    if (service === 'graphql') return body.errors?.[0]?.extensions?.code === 'access-denied';
    return status === 403 && [body.detail, body.message].includes('The scopes of this key do not allow it.');
  }

  it.each(PLACES)('opens %s to those who hold %j', async (_, needed, request) => {
    const expected = HELD.map(([name, scopes]) => [name, !needed?.every(each => scopes.includes(each))]);
    const found = [];
    for (const [name] of HELD) found.push([name, await isStopped(tokens.get(name) ?? '', request)]);
    expect(found).toEqual(expected);
    const control = await Person.register(stack, 'Bilal');
    expect(await isStopped(control.token, request)).toBe(false);
  });

  it('tells the trail of the family who was refused what', async () => {
    const token = tokens.get('nothing') ?? '';
    const refused = new Set(['GET /v1/families', 'GET /v1/audit/events', 'DELETE /v1/streams/:id']);
    const places = PLACES.filter(([what]) =>
      ['the families', 'the trail', 'the end of a stream'].includes(what),
    );
    for (const [, , request] of places) expect(await isStopped(token, request)).toBe(true);
    const told = async (): Promise<Set<string>> => {
      const path = '/v1/audit/events?type=access.refused&limit=100';
      const { body } = await owner.call<{ items: { subjectId: string }[] }>('api', path);
      return new Set(body.items.map(each => each.subjectId).filter(each => refused.has(each)));
    };
    const deadline = Date.now() + PATIENCE_MS;
    while ((await told()).size < refused.size && Date.now() < deadline)
      await new Promise(resolve => setTimeout(resolve, 50));
    expect(await told()).toEqual(refused);
  });

  it.each(SOCKET_PROTOCOLS)('opens subscriptions over %s to those who read', async protocol => {
    const doors = new Doors(stack);
    const found = [];
    for (const [name] of HELD) {
      const headers = { authorization: `Bearer ${tokens.get(name)}` };
      found.push([name, await doors.letsIn(protocol, headers)]);
    }
    expect(found).toEqual(HELD.map(([name, scopes]) => [name, scopes.includes('read')]));
  });
});

interface Answer {
  detail?: string;
  /** The same in Nhost's words. */
  message?: string;
  errors?: { extensions?: { code?: string } }[];
}
