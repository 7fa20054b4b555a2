import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { testStack, type TestStack } from '../support';
import { LiveQuery } from '../support/live-query';
import { Person, send } from '../support/people';

const CLAIMS = 'https://hasura.io/jwt/claims';
const SERVICES = ['auth', 'api', 'graphql', 'stream-gateway'] as const;
type Service = (typeof SERVICES)[number];
type Json = Record<string, unknown>;

/** Tokens as every service of a running house takes them, or does not. */
describe('access tokens', () => {
  let stack: TestStack;
  let owner: Person;
  let stranger: Person;

  beforeAll(async () => {
    stack = await testStack(SERVICES);
    owner = await Person.register(stack, 'Amina');
    stranger = await Person.register(stack, 'Bilal');
  });
  afterAll(() => stack.stop());

  /** Does the service let the bearer of this token in? */
  async function letsIn(service: Service, token: string, role?: string): Promise<boolean> {
    const headers = { authorization: `Bearer ${token}`, ...(role && { 'x-hasura-role': role }) };
    if (service === 'graphql') {
      const json = { query: '{ families { id } }' };
      const { body } = await send<{ data?: { families: unknown[] } }>(stack.url(service, '/v1/graphql'), {
        json,
        headers,
      });
      return (body.data?.families.length ?? 0) > 0;
    }
    const paths = {
      auth: '/v1/auth/me',
      api: `/v1/media/${randomUUID()}`,
      'stream-gateway': `/v1/streams/${randomUUID()}`,
    };
    const method = service === 'stream-gateway' ? 'DELETE' : 'GET';
    const { status } = await send(stack.url(service, paths[service]), { method, headers });
    return status !== 401 && status !== 403;
  }

  const doors = async (token: string, role?: string): Promise<string[]> => {
    const open = await Promise.all(
      SERVICES.map(async service => ((await letsIn(service, token, role)) ? [service] : [])),
    );
    return open.flat();
  };

  describe('that are forged', () => {
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const decode = (part: string | undefined): Json =>
      JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Json;
    const parts = (): [header: Json, payload: Json] => {
      const [header, payload] = owner.token.split('.');
      return [decode(header), decode(payload)];
    };
    const ourKey = (): KeyObject =>
      createPrivateKey((stack.plan.given['AUTH_JWT_PRIVATE_KEY'] ?? '').replaceAll('\\n', '\n'));
    const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 });

    /** Signs with our own key: what is wrong is in header or payload alone. */
    function signed(header: Json, payload: Json, key: KeyObject = ourKey()): string {
      const text = `${encode(header)}.${encode(payload)}`;
      return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
    }

    const withHeader = (change: Json, key?: KeyObject): string => {
      const [header, payload] = parts();
      return signed({ ...header, ...change }, payload, key);
    };
    const withPayload = (change: Json): string => {
      const [header, payload] = parts();
      return signed(header, { ...payload, ...change });
    };
    const withClaims = (change: Json): string => {
      const [, payload] = parts();
      return withPayload({ [CLAIMS]: { ...(payload[CLAIMS] as Json), ...change } });
    };
    const hmac = (secret: string | Buffer, header: Json = {}): string => {
      const [own, payload] = parts();
      const text = `${encode({ ...own, alg: 'HS256', ...header })}.${encode(payload)}`;
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    };
    const publicPem = (): string =>
      createPublicKey(ourKey()).export({ type: 'spki', format: 'pem' }).toString();
    const jwk = { ...theirs.publicKey.export({ format: 'jwk' }), kid: 'theirs', alg: 'RS256', use: 'sig' };
    const now = Math.floor(Date.now() / 1000);

    const forgeries: Record<string, () => string> = {
      'no algorithm': () => `${encode({ ...parts()[0], alg: 'none' })}.${encode(parts()[1])}.`,
      'no algorithm, spelled oddly': () => `${encode({ ...parts()[0], alg: 'nOnE' })}.${encode(parts()[1])}.`,
      'HMAC under our public key': () => hmac(publicPem()),
      'HMAC under our public key without its last line end': () => hmac(publicPem().trim()),
      'another key': () => withHeader({}, theirs.privateKey),
      'an unknown kid': () => withHeader({ kid: 'unknown' }),
      'a kid that climbs': () => hmac('', { kid: '../../../../dev/null' }),
      'a kid of SQL': () => hmac('key', { kid: "x' union select 'key' --" }),
      'no kid': () => withHeader({ kid: undefined }),
      'a key of its own in jwk': () => withHeader({ jwk }, theirs.privateKey),
      'a key of its own at jku': () =>
        withHeader({ jku: 'https://evil.test/jwks.json', kid: 'theirs' }, theirs.privateKey),
      'a key of its own at x5u': () => withHeader({ x5u: 'https://evil.test/cert.pem' }, theirs.privateKey),
      'another audience': () => withPayload({ aud: 'another house' }),
      'no audience': () => withPayload({ aud: undefined }),
      'another issuer': () => withPayload({ iss: 'https://evil.test' }),
      'a token of another environment': () =>
        withPayload({ iss: 'https://staging.example.org', aud: 'nself-staging' }),
      'another type': () => withHeader({ typ: 'at+jwt' }),
      'no type': () => withHeader({ typ: undefined }),
      expired: () => withPayload({ exp: now - 60 }),
      'no end': () => withPayload({ exp: undefined }),
      'not yet valid': () => withPayload({ nbf: now + 600 }),
      truncated: () => owner.token.slice(0, -20),
      'without signature': () => owner.token.split('.').slice(0, 2).join('.'),
      'another subject': () => withPayload({ sub: stranger.id }),
      'a role that is not allowed': () => withClaims({ 'x-hasura-default-role': 'admin' }),
      'the role admin': () =>
        withClaims({ 'x-hasura-default-role': 'admin', 'x-hasura-allowed-roles': ['admin'] }),
      'claims as a list': () => withPayload({ [CLAIMS]: [] }),
      'claims as a number': () => withPayload({ [CLAIMS]: 7 }),
      'claims as null': () => withPayload({ [CLAIMS]: null }),
      'a person as a list': () => withClaims({ 'x-hasura-user-id': [owner.id] }),
      'a family as a number': () => withClaims({ 'x-hasura-family-id': 7 }),
      'roles as a word': () => withClaims({ 'x-hasura-allowed-roles': 'owner' }),
      'a claim twice in two spellings': () => withClaims({ 'X-Hasura-User-Id': stranger.id }),
    };

    it('are measured against one that is good', async () => {
      expect(await doors(owner.token)).toEqual(SERVICES);
      expect(await doors(withPayload({}))).toEqual(SERVICES);
    });

    it.each(Object.entries(forgeries))('%s: refused by every service', async (_, forge) => {
      expect(await doors(forge())).toEqual([]);
    });

    it('show nothing of another family to whoever has one of their own', async () => {
      const answer = await owner.call('auth', `/v1/families/${stranger.familyId}`);
      expect(answer.status).toBe(404);
      const { body } = await owner.tryGraphql('query ($id: uuid!) { families_by_pk(id: $id) { id } }', {
        id: stranger.familyId,
      });
      expect(body.data).toEqual({ families_by_pk: null });
    });

    it('give no role that the token does not allow', async () => {
      const json = { query: '{ families { id } }' };
      const headers = { authorization: `Bearer ${owner.token}`, 'x-hasura-role': 'admin_member' };
      const { body } = await send<{ data?: unknown }>(stack.url('graphql', '/v1/graphql'), { json, headers });
      expect(body.data ?? null).toBeNull();
    });
  });

  describe('that were taken back', () => {
    /** Waits until no door is open any more; answers how long that took, in milliseconds. */
    async function shut(token: string): Promise<number> {
      const begun = Date.now();
      while ((await doors(token)).length > 0) {
        if (Date.now() - begun > 30_000) throw new Error(`still open: ${(await doors(token)).join()}`);
        await pause(50);
      }
      return Date.now() - begun;
    }

    async function watcher(): Promise<{ person: Person; live: LiveQuery<{ families: unknown[] }> }> {
      const person = await owner.bring('Karim');
      const live = LiveQuery.open<{ families: unknown[] }>(stack, person, 'subscription { families { id } }');
      await live.until(result => result.families.length === 1);
      return { person, live };
    }

    const databaseDoes = async (statement: string, values: unknown[]): Promise<void> => {
      const client = new Client({ connectionString: stack.database.adminUrl });
      await client.connect();
      await client.query(statement, values);
      await client.end();
    };

    const endings: [string, (person: Person) => Promise<unknown>][] = [
      [
        'removal from the family',
        person =>
          owner.call('auth', `/v1/families/${owner.familyId}/members/${person.id}`, { method: 'DELETE' }),
      ],
      ['logout', person => person.call('auth', '/v1/auth/logout', { json: {} })],
      [
        'a change of password',
        person =>
          person.call('auth', '/v1/user/password', { json: { newPassword: `a new one ${randomUUID()}` } }),
      ],
      [
        'disabling the account',
        person => databaseDoes('update auth.users set disabled = true where id = $1', [person.id]),
      ],
    ];

    it.each(endings)('by %s are refused by every service, and the open socket ends', async (_, end) => {
      const { person, live } = await watcher();
      expect(await doors(person.token)).toEqual(SERVICES);
      await end(person);
      await shut(person.token);
      await expect(live.until(() => false)).rejects.toThrow();
      await live.close();
    });
  });
});
