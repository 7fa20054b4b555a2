import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { LocalKeys, secretKid } from '@nself/identity';
import { FixedClock } from '@nself/kernel';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { AccessTokens, HASURA_CLAIMS, type TokenSubject } from './access-tokens';
import { asciiJson } from './ascii-json';
import { CustomClaims } from './custom-claims';
import { SigningKeys } from './signing-keys';
import type { TokenSettings } from './token.settings';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: ReturnType<typeof rsa>['privateKey']): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
const [first, second] = [rsa(), rsa()];

function settingsWith(change: Partial<TokenSettings> = {}): TokenSettings {
  return {
    privateKey: pem(first.privateKey),
    previousKeys: undefined,
    issuer: 'https://auth.test',
    audience: 'nself',
    accessTokenSeconds: 900,
    refreshTokenSeconds: 3600,
    sessionSeconds: 7200,
    refreshGraceSeconds: 10,
    customClaims: '{}',
    ...change,
  };
}

const subject: TokenSubject = {
  userId: '2c35b6f3-c4b9-48e3-978a-d4d0f1d42e24',
  sessionId: '3c35b6f3-c4b9-48e3-978a-d4d0f1d42e24',
  familyId: '4c35b6f3-c4b9-48e3-978a-d4d0f1d42e24',
  role: 'adult',
  allowedRoles: ['adult', 'user', 'me'],
  isAnonymous: false,
  elevated: false,
};

const keysOf = (settings: TokenSettings, algorithm: 'RS256' | 'ES256' | 'HS256' = 'RS256', secret?: string) =>
  new SigningKeys(settings, { algorithm, secret });

const clock = new FixedClock(new Date('2026-01-01T00:00:00.250Z'));
const issue = (settings: TokenSettings, change: Partial<TokenSubject> = {}) =>
  new AccessTokens(settings, keysOf(settings), clock).issue({ ...subject, ...change });
const verify = (token: string, keys: SigningKeys) =>
  jwtVerify(token, createLocalJWKSet(keys.jwks() as unknown as JSONWebKeySet), {
    currentDate: clock.now(),
    audience: 'nself',
    issuer: 'https://auth.test',
    typ: 'JWT',
  });

describe('access tokens', () => {
  it('say who it is, in which session and family, with milliseconds in iat', async () => {
    const settings = settingsWith();
    const { token, expiresIn } = await issue(settings);
    const { payload, protectedHeader } = await verify(token, keysOf(settings));
    expect(expiresIn).toBe(900);
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String), typ: 'JWT' });
    expect(payload).toMatchObject({
      sub: subject.userId,
      sid: subject.sessionId,
      iat: 1_767_225_600.25,
      exp: 1_767_226_500,
    });
    expect(payload[HASURA_CLAIMS]).toEqual({
      'x-hasura-user-id': subject.userId,
      'x-hasura-family-id': subject.familyId,
      'x-hasura-default-role': 'adult',
      'x-hasura-allowed-roles': ['adult', 'user', 'me'],
      'x-hasura-user-is-anonymous': 'false',
    });
  });

  it('name no family for somebody who has none, and say when the session is lifted', async () => {
    const settings = settingsWith();
    const { token } = await issue(settings, { familyId: null, role: 'user', elevated: true });
    const claims = (await verify(token, keysOf(settings))).payload[HASURA_CLAIMS];
    expect(claims).not.toHaveProperty('x-hasura-family-id');
    expect(claims).toHaveProperty('x-hasura-auth-elevated', subject.userId);
  });

  it('can be read by a bare atob, whatever is in them', async () => {
    const custom = { 'x-hasura-name': 'Zoë 🌻 عائلة ~?>\u007f' };
    const { token } = await issue(settingsWith(), { custom });
    const part = token.split('.')[1] ?? '';
    expect(part).not.toMatch(/[-_]/);
    expect((JSON.parse(atob(part)) as Record<string, unknown>)[HASURA_CLAIMS]).toMatchObject(custom);
    const all = String.fromCharCode(...Array.from({ length: 300 }, (_, code) => code));
    expect(JSON.parse(asciiJson(all))).toBe(all);
  });

  it('survive a rotation: tokens of the key before stay good while it is listed, and no longer', async () => {
    const before = settingsWith();
    const { token } = await issue(before);
    const rotated = keysOf(
      settingsWith({ privateKey: pem(second.privateKey), previousKeys: before.privateKey }),
    );
    expect(rotated.jwks().keys).toHaveLength(2);
    expect(rotated.current.kid).not.toBe(keysOf(before).current.kid);
    await expect(verify(token, rotated)).resolves.toBeDefined();
    const forgotten = keysOf(settingsWith({ privateKey: pem(second.privateKey) }));
    await expect(verify(token, forgotten)).rejects.toThrow();
  });

  it('are verified with a key that is read once, because reading it costs more than verifying', async () => {
    const keys = keysOf(settingsWith());
    const source = new LocalKeys(() => keys.jwks());
    const hint = { kid: keys.current.kid, alg: keys.current.algorithm };
    expect(await source.find(hint)).toBe(await source.find(hint));
  });

  it('are signed with ES256 when that was chosen, and with nothing weaker', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const settings = settingsWith({ privateKey: pem(privateKey) });
    const keys = keysOf(settings, 'ES256');
    const { token } = await new AccessTokens(settings, keys, clock).issue(subject);
    expect((await verify(token, keys)).protectedHeader.alg).toBe('ES256');
    expect(keys.jwks().keys[0]).not.toHaveProperty('d');
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    expect(() => keysOf(settingsWith({ privateKey: pem(weak) }))).toThrow(/2048/);
  });

  it('survive a change from RSA to a curve as they survive a rotation', async () => {
    const before = settingsWith();
    const { token } = await issue(before);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const keys = keysOf(
      settingsWith({ privateKey: pem(privateKey), previousKeys: before.privateKey }),
      'ES256',
    );
    await expect(verify(token, keys)).resolves.toBeDefined();
  });

  it('are signed with a secret when that was chosen, which is not published', async () => {
    const secret = 'a secret that all services share: 7f1c';
    const settings = settingsWith({ privateKey: undefined });
    const keys = keysOf(settings, 'HS256', secret);
    const { token } = await new AccessTokens(settings, keys, clock).issue(subject);
    const { protectedHeader } = await jwtVerify(token, createSecretKey(secret, 'utf8'), {
      currentDate: clock.now(),
    });
    expect(protectedHeader).toEqual({ alg: 'HS256', kid: secretKid(secret), typ: 'JWT' });
    expect(keys.jwks()).toEqual({ keys: [] });
  });

  it.each([
    ['a key that does not fit the algorithm', settingsWith(), 'ES256', /for RS256.*says ES256/],
    ['no key', settingsWith({ privateKey: undefined }), 'RS256', /AUTH_JWT_PRIVATE_KEY is missing/],
    ['no secret', settingsWith(), 'HS256', /AUTH_JWT_SECRET is missing/],
  ] as const)('are not signed at all with %s', (_, settings, algorithm, complaint) => {
    expect(() => keysOf(settings, algorithm)).toThrow(complaint);
  });
});

describe('custom claims', () => {
  const of = (customClaims: object, account: object) =>
    new CustomClaims(settingsWith({ customClaims: JSON.stringify(customClaims) })).of(
      account as Record<string, unknown>,
    );

  it('follow paths into the account; lists become Postgres arrays, and what is not there is left out', () => {
    const account = {
      metadata: { plan: 'gold', teams: [{ id: 'a' }, { id: 'b c' }], seats: 3, tags: ['x', 'y'] },
    };
    const claims = {
      plan: 'metadata.plan',
      teams: 'metadata.teams[*].id',
      second: 'metadata.teams[1].id',
      seats: 'metadata.seats',
      tags: 'metadata.tags[]',
      none: 'metadata.no.way',
    };
    expect(of(claims, account)).toEqual({
      'x-hasura-plan': 'gold',
      'x-hasura-teams': '{a,"b c"}',
      'x-hasura-second': 'b c',
      'x-hasura-seats': '3',
      'x-hasura-tags': '{x,y}',
    });
  });

  it.each(['user-id', 'X-Hasura-Family-Id', 'role', 'allowed-roles', 'bad name'])(
    'may not be called %s',
    name => {
      expect(() => of({ [name]: 'id' }, {})).toThrow(/may not set/);
    },
  );

  it('write items that Postgres reads as they are', () => {
    const tags = ['null', null, '', 'a"b', 'c\\d', 'e\nf', '{g,h}', 'ü'];
    const claim = of({ tags: 'metadata.tags' }, { metadata: { tags } });
    expect(claim['x-hasura-tags']).toBe('{"null",NULL,"","a\\"b","c\\\\d","e\nf","{g,h}","ü"}');
  });

  it('reach nothing that an object inherits', () => {
    expect(of({ x: 'metadata.constructor.name', y: '__proto__.toString' }, { metadata: {} })).toEqual({});
  });
});
