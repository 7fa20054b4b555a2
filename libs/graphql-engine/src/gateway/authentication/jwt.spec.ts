import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Session } from '../../executor';
import { JwtAuthenticator } from './jwt';
import { parseJwtSettings } from './jwt-settings';

const KEY = 'a-shared-key-that-is-long-enough-0123456789';
const NAMESPACE = 'https://hasura.io/jwt/claims';
const CLAIMS = {
  'x-hasura-default-role': 'user',
  'x-hasura-allowed-roles': ['user', 'editor'],
  'x-hasura-user-id': '7',
};

type Signing = { readonly algorithm: string; readonly key: CryptoKey | Uint8Array; readonly kid?: string };
const shared: Signing = { algorithm: 'HS256', key: Buffer.from(KEY) };

function sign(payload: Record<string, unknown>, { algorithm, key, kid }: Signing = shared): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: algorithm, ...(kid ? { kid } : {}) }).sign(key);
}

const inAnHour = Math.floor(Date.now() / 1000) + 3600;
const authenticator = (...settings: object[]): JwtAuthenticator =>
  new JwtAuthenticator(settings.map(one => parseJwtSettings(JSON.stringify(one))));
const bearer = (token: string, more: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...more },
});
const hs = { type: 'HS256', key: KEY };

describe('tokens in the way of Hasura', () => {
  const ask = async (
    settings: object,
    payload: Record<string, unknown>,
    signing?: Signing,
  ): Promise<Session | undefined> =>
    authenticator(settings).authenticate(bearer(await sign(payload, signing)));

  it('give the default role, or an allowed one that is asked for', async () => {
    const token = await sign({ [NAMESPACE]: CLAIMS, exp: inAnHour });
    const jwt = authenticator(hs);
    await expect(jwt.authenticate(bearer(token))).resolves.toMatchObject({
      role: 'user',
      variables: { 'x-hasura-role': 'user', 'x-hasura-user-id': '7' },
      expiresAt: inAnHour * 1000,
    });
    expect(jwt.authenticate(bearer(token, { 'x-hasura-role': 'editor' }))).toMatchObject({ role: 'editor' });
    expect(() => jwt.authenticate(bearer(token, { 'x-hasura-role': 'admin' }))).toThrow(
      'not in allowed roles',
    );
  });

  it('take nothing from headers but the role', async () => {
    const token = await sign({ [NAMESPACE]: CLAIMS });
    const session = await authenticator(hs).authenticate(
      bearer(token, { 'x-hasura-user-id': '1', 'x-hasura-family-id': '2' }),
    );
    expect(session?.variables).toEqual({ 'x-hasura-role': 'user', 'x-hasura-user-id': '7' });
  });

  it.each<[string, Record<string, unknown>, object, string]>([
    ['an expired one', { exp: inAnHour - 7200 }, hs, 'JWTExpired'],
    ['one of tomorrow', { nbf: inAnHour }, hs, 'JWTNotYetValid'],
    ['another audience', { aud: 'others' }, { ...hs, audience: ['us', 'them'] }, 'JWTNotInAudience'],
    ['no audience where one is wanted', {}, { ...hs, audience: 'us' }, 'JWTNotInAudience'],
    ['another issuer', { iss: 'others' }, { ...hs, issuer: 'us' }, 'JWTNotInIssuer'],
    ['another key', {}, { ...hs, key: KEY.toUpperCase() }, 'JWSInvalidSignature'],
    ['another algorithm of the same key', {}, { ...hs, type: 'HS512' }, 'JWSInvalidSignature'],
  ])('refuse %s', async (_, payload, settings, reason) => {
    await expect(ask(settings, { [NAMESPACE]: CLAIMS, ...payload })).rejects.toMatchObject({
      code: 'invalid-jwt',
      message: expect.stringContaining(reason),
    });
  });

  it('refuse an unsigned token', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part({ [NAMESPACE]: CLAIMS })}.`;
    await expect(authenticator(hs).authenticate(bearer(unsigned))).rejects.toMatchObject({
      code: 'invalid-jwt',
    });
  });

  it.each(['none', 'a.b', 'a.b.c.d.e'])('tell what is no token at all: %s', async token => {
    const parts = token.split('.').length;
    await expect(authenticator(hs).authenticate(bearer(token))).rejects.toMatchObject({
      code: 'invalid-jwt',
      message: `Could not verify JWT: JWSError (CompactDecodeError Invalid number of parts: Expected 3 parts; got ${parts})`,
    });
  });

  it('refuse a cookie that cannot be decoded as they refuse any other', async () => {
    const cookies = authenticator({ ...hs, header: { type: 'Cookie', name: 'session' } });
    const asked = async (): Promise<unknown> => cookies.authenticate({ headers: { cookie: 'session=%zz' } });
    await expect(asked()).rejects.toMatchObject({ code: 'invalid-jwt' });
  });

  it('refuse a public key used as a shared secret', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const pem = await exportSPKI(publicKey);
    const confused = await sign({ [NAMESPACE]: CLAIMS }, { algorithm: 'HS256', key: Buffer.from(pem) });
    const jwt = authenticator({ type: 'RS256', key: pem });
    await expect(jwt.authenticate(bearer(confused))).rejects.toMatchObject({ code: 'invalid-jwt' });
  });

  it('grant leeway when told to', async () => {
    const late = { [NAMESPACE]: CLAIMS, exp: Math.floor(Date.now() / 1000) - 20 };
    await expect(ask({ ...hs, allowed_skew: 60 }, late)).resolves.toMatchObject({ role: 'user' });
    await expect(ask({ ...hs, allowed_skew: 5 }, late)).rejects.toMatchObject({ code: 'invalid-jwt' });
  });

  it.each(['RS256', 'RS512', 'ES256', 'ES384', 'Ed25519'])('are verified with %s', async type => {
    const { publicKey, privateKey } = await generateKeyPair(type === 'Ed25519' ? 'EdDSA' : type, {
      extractable: true,
    });
    const algorithm = type === 'Ed25519' ? 'EdDSA' : type;
    const settings = { type, key: await exportSPKI(publicKey) };
    await expect(
      ask(settings, { [NAMESPACE]: CLAIMS }, { algorithm, key: privateKey }),
    ).resolves.toMatchObject({ role: 'user' });
  });

  it.each<[string, object, Record<string, unknown>]>([
    ['another namespace', { claims_namespace: 'ours' }, { ours: CLAIMS }],
    ['a path', { claims_namespace_path: '$.app.claims[0]' }, { app: { claims: [CLAIMS] } }],
    ['the root', { claims_namespace_path: '$' }, CLAIMS],
    ['a text of JSON', { claims_format: 'stringified_json' }, { [NAMESPACE]: JSON.stringify(CLAIMS) }],
    [
      'a map',
      {
        claims_map: {
          'x-hasura-default-role': 'user',
          'x-hasura-allowed-roles': { path: "$.roles['of app']" },
          'x-hasura-user-id': { path: '$.sub', default: 'nobody' },
        },
      },
      { sub: '7', roles: { 'of app': ['user'] } },
    ],
  ])('are read from %s', async (_, settings, payload) => {
    await expect(ask({ ...hs, ...settings }, payload)).resolves.toMatchObject({
      role: 'user',
      variables: { 'x-hasura-user-id': '7' },
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no claims', {}, 'jwt-invalid-claims'],
    [
      'no default role',
      { [NAMESPACE]: { ...CLAIMS, 'x-hasura-default-role': undefined } },
      'jwt-missing-role-claims',
    ],
    [
      'no allowed roles',
      { [NAMESPACE]: { ...CLAIMS, 'x-hasura-allowed-roles': undefined } },
      'jwt-missing-role-claims',
    ],
    [
      'roles that are no list',
      { [NAMESPACE]: { ...CLAIMS, 'x-hasura-allowed-roles': 'user' } },
      'jwt-invalid-claims',
    ],
    [
      'a claim that is an object',
      { [NAMESPACE]: { ...CLAIMS, 'x-hasura-user-id': { id: 7 } } },
      'jwt-invalid-claims',
    ],
  ])('with %s say what is missing', async (_, payload, code) => {
    await expect(ask(hs, payload)).rejects.toMatchObject({ code });
  });

  it('stand where the settings say', async () => {
    const token = await sign({ [NAMESPACE]: CLAIMS });
    const cookies = authenticator({ ...hs, header: { type: 'Cookie', name: 'session' } });
    await expect(
      cookies.authenticate({ headers: { cookie: `a=b; session=${token}` } }),
    ).resolves.toMatchObject({ role: 'user' });
    const written = authenticator({ ...hs, header: '{"type": "Cookie", "name": "session"}' });
    await expect(written.authenticate({ headers: { cookie: `session=${token}` } })).resolves.toMatchObject({
      role: 'user',
    });
    const custom = authenticator({ ...hs, header: { type: 'CustomHeader', name: 'X-Token' } });
    await expect(custom.authenticate({ headers: { 'x-token': token } })).resolves.toMatchObject({
      role: 'user',
    });
    expect(custom.authenticate(bearer(token))).toBeUndefined();
  });

  it('are judged by the secret of their issuer where there are several', async () => {
    const other = 'another-key-that-is-long-enough-0123456789';
    const jwt = authenticator({ ...hs, issuer: 'one' }, { ...hs, key: other, issuer: 'two' });
    const two = await sign(
      { [NAMESPACE]: CLAIMS, iss: 'two' },
      { algorithm: 'HS256', key: Buffer.from(other) },
    );
    await expect(jwt.authenticate(bearer(two))).resolves.toMatchObject({ role: 'user' });
    const forged = await sign(
      { [NAMESPACE]: CLAIMS, iss: 'one' },
      { algorithm: 'HS256', key: Buffer.from(other) },
    );
    await expect(jwt.authenticate(bearer(forged))).rejects.toMatchObject({ code: 'invalid-jwt' });
    const stranger = await sign({ [NAMESPACE]: CLAIMS, iss: 'three' });
    expect(jwt.authenticate(bearer(stranger))).toBeUndefined();
  });

  it('are refused when several secrets could be meant', async () => {
    const jwt = authenticator({ ...hs, issuer: 'one' }, { ...hs, issuer: 'two' });
    const nameless = await sign({ [NAMESPACE]: CLAIMS });
    expect(() => jwt.authenticate(bearer(nameless))).toThrow('several JWT secrets fit');
    const both = authenticator(hs, { ...hs, header: { type: 'Cookie', name: 'session' } });
    const twice = { headers: { authorization: `Bearer ${nameless}`, cookie: `session=${nameless}` } };
    expect(() => both.authenticate(twice)).toThrow('several JWT secrets fit');
    await expect(both.authenticate(bearer(nameless))).resolves.toMatchObject({ role: 'user' });
    expect(() => both.authenticate(twice)).toThrow('several JWT secrets fit');
  });
});

describe('keys by address', () => {
  let server: Server;
  let address: string;
  let keys: JWK[] = [];
  let fetched = 0;
  let control = '';
  let answering = true;

  beforeAll(async () => {
    server = createServer((_, response) => {
      fetched++;
      if (!answering) return void response.writeHead(503).end();
      if (control !== '') response.setHeader('cache-control', control);
      response.end(JSON.stringify({ keys }));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  const pair = async (kid: string): Promise<{ jwk: JWK; signing: Signing }> => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    return {
      jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256' },
      signing: { algorithm: 'RS256', key: privateKey, kid },
    };
  };

  it('are found by their id, kept, and fetched again when they were rotated', async () => {
    const [first, second] = [await pair('one'), await pair('two')];
    keys = [first.jwk];
    const jwt = authenticator({ jwk_url: address });
    const ask = async (n: number, { signing }: typeof first): Promise<unknown> =>
      jwt.authenticate(bearer(await sign({ [NAMESPACE]: CLAIMS, n }, signing)));
    await expect(ask(1, first)).resolves.toMatchObject({ role: 'user' });
    await expect(ask(2, first)).resolves.toMatchObject({ role: 'user' });
    expect(fetched).toBe(1);
    keys = [second.jwk];
    await new Promise(resolve => setTimeout(resolve, 1_100)); // An unknown id is looked for once a second at most.
    await expect(ask(3, second)).resolves.toMatchObject({ role: 'user' });
    expect(fetched).toBe(2);
  });

  it('are forgotten when the answer says how long they last', async () => {
    const [first, second] = [await pair('same'), await pair('same')];
    [keys, control] = [[first.jwk], 'max-age=0'];
    const jwt = authenticator({ jwk_url: address });
    const ask = async (n: number, { signing }: typeof first): Promise<unknown> =>
      jwt.authenticate(bearer(await sign({ [NAMESPACE]: CLAIMS, n }, signing)));
    await expect(ask(4, first)).resolves.toMatchObject({ role: 'user' });
    keys = [second.jwk];
    await new Promise(resolve => setTimeout(resolve, 1_100)); // However short they last, once a second is enough.
    await expect(ask(5, first)).rejects.toMatchObject({ code: 'invalid-jwt' });
    await expect(ask(6, second)).resolves.toMatchObject({ role: 'user' });
  });

  it('that were withdrawn let no token in that was let in before', async () => {
    const [first, second] = [await pair('first'), await pair('second')];
    [keys, control] = [[first.jwk], 'max-age=1'];
    const jwt = authenticator({ jwk_url: address });
    const token = await sign({ [NAMESPACE]: CLAIMS, exp: inAnHour }, first.signing);
    const ask = async (): Promise<unknown> => jwt.authenticate(bearer(token));
    await expect(ask()).resolves.toMatchObject({ role: 'user' });
    keys = [second.jwk];
    await expect(ask()).resolves.toMatchObject({ role: 'user' });
    await new Promise(resolve => setTimeout(resolve, 1_100));
    await expect(ask()).rejects.toMatchObject({ code: 'invalid-jwt' });
  });

  it('are all tried where a token does not name its own', async () => {
    const [first, second, other] = [await pair('one'), await pair('two'), await pair('three')];
    [keys, control] = [[first.jwk, second.jwk], ''];
    const jwt = authenticator({ jwk_url: address });
    const ask = async ({ signing }: typeof first, more: Record<string, unknown> = {}): Promise<unknown> =>
      jwt.authenticate(bearer(await sign({ [NAMESPACE]: CLAIMS, ...more }, { ...signing, kid: undefined })));
    await expect(ask(first)).resolves.toMatchObject({ role: 'user' });
    await expect(ask(second)).resolves.toMatchObject({ role: 'user' });
    await expect(ask(other)).rejects.toMatchObject({
      message: 'Could not verify JWT: JWSError JWSInvalidSignature',
    });
    await expect(ask(second, { exp: inAnHour - 7200 })).rejects.toMatchObject({
      message: 'Could not verify JWT: JWTExpired',
    });
  });

  it('go on serving while their address does not answer', async () => {
    const only = await pair('steady');
    [keys, control] = [[only.jwk], 'no-store'];
    const jwt = authenticator({ jwk_url: address });
    const ask = async (n: number): Promise<unknown> =>
      jwt.authenticate(bearer(await sign({ [NAMESPACE]: CLAIMS, n }, only.signing)));
    await expect(ask(7)).resolves.toMatchObject({ role: 'user' });
    answering = false;
    await new Promise(resolve => setTimeout(resolve, 1_100));
    await expect(ask(8)).resolves.toMatchObject({ role: 'user' });
    answering = true;
  });
});

describe('settings of tokens', () => {
  it.each([
    ['not json', 'is not JSON'],
    ['[]', 'is not a JSON object'],
    ['{"type":"HS256"}', 'needs either key or jwk_url'],
    ['{"key":"x"}', 'a key needs a type'],
    ['{"type":"XX","key":"x"}', 'type XX is none of'],
    [JSON.stringify({ ...hs, claims_namespace_path: '$..a' }), 'Not a path'],
    [JSON.stringify({ ...hs, header: { type: 'Cookie' } }), 'header needs a type'],
    [JSON.stringify({ ...hs, claims_format: 'yaml' }), 'claims_format is neither'],
    [JSON.stringify({ ...hs, claims_namespace: 'a', claims_namespace_path: '$.a' }), 'has both'],
    [JSON.stringify({ ...hs, audience: 5 }), 'audience is neither a string nor a list'],
    [JSON.stringify({ ...hs, claims_map: { 'x-hasura-user-id': {} } }), 'needs a path'],
  ])('say what is wrong with %s', (text, fault) => {
    expect(() => parseJwtSettings(text)).toThrow(fault);
  });

  it('refuse a key that can be guessed', () => {
    expect(() => authenticator({ type: 'HS256', key: 'short' })).toThrow('Key size too small');
  });
});
