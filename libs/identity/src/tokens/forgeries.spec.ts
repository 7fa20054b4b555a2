import { ProblemError } from '@nself/kernel';
import type { Request } from 'express';
import { BearerStrategy } from '../guards';
import {
  AUDIENCE,
  claims,
  FAMILY,
  forged,
  freshRevocations,
  hmacForged,
  ISSUER,
  SESSION,
  signer,
  USER,
  verifierFor,
  type Signer,
} from './token.fixture';
import { HASURA_CLAIMS } from './claims';
import { refusalOf, type TokenVerifier } from './token-verifier';

const now = (): number => Math.floor(Date.now() / 1000);

const requestWith = (token: string): Request =>
  ({ headers: { authorization: `Bearer ${token}` } }) as unknown as Request;

/** Both ways to look at a token must say the same: the verifier itself, and passport-jwt on HTTP routes. */
const ways = {
  verifier: (verifier: TokenVerifier, token: string) => verifier.verify(token),
  'passport-jwt': (verifier: TokenVerifier, token: string) =>
    new BearerStrategy(verifier).actorOf(requestWith(token)).catch((error: unknown) => {
      throw refusalOf(error);
    }),
};

/** Each makes a token that no service may take. */
const FORGERIES: Record<string, (ours: Signer, other: Signer) => Promise<string> | string> = {
  'no algorithm, no signature': () => forged({ alg: 'none', kid: 'spring', typ: 'JWT' }, claims()),
  'no algorithm in odd case': () => forged({ alg: 'nOnE', kid: 'spring', typ: 'JWT' }, claims()),
  'HMAC under the public key as PEM': ours => hmacForged(ours.publicPem),
  'HMAC under the public key without its last line end': ours => hmacForged(ours.publicPem.trim()),
  'HMAC under the published key as JSON': ours => hmacForged(JSON.stringify(ours.jwks.keys[0])),
  'HMAC under nothing': () => hmacForged(''),
  'another algorithm of the same key': ours =>
    ours
      .sign()
      .then(token =>
        token.replace(/^[^.]+/, forged({ alg: 'RS512', kid: 'spring', typ: 'JWT' }, {}).split('.')[0]!),
      ),
  'a key that is not ours under our kid': (_, other) => other.sign(claims(), { kid: 'spring' }),
  'an unknown kid': ours => ours.sign(claims(), { kid: 'winter' }),
  'a kid that climbs': ours => ours.sign(claims(), { kid: '../../../../dev/null' }),
  'a kid that speaks SQL': ours => ours.sign(claims(), { kid: "spring' or '1'='1" }),
  'a kid that is a prototype': ours => ours.sign(claims(), { kid: '__proto__' }),
  'no kid': ours => ours.sign(claims(), { kid: undefined }),
  'an empty kid': ours => ours.sign(claims(), { kid: '' }),
  'a kid that is a list': ours => ours.sign(claims(), { kid: ['spring'] }),
  'an embedded key': (_, other) => other.sign(claims(), { kid: 'spring', jwk: other.jwks.keys[0] }),
  'our own key, embedded': ours => ours.sign(claims(), { jwk: ours.jwks.keys[0] }),
  'an address of keys': (_, other) =>
    other.sign(claims(), { kid: 'spring', jku: 'https://evil.example/jwks.json' }),
  'an address of a certificate': (_, other) =>
    other.sign(claims(), { kid: 'spring', x5u: 'https://evil.example/c.pem' }),
  'a certificate': ours => ours.sign(claims(), { x5c: ['MIIB'] }),
  'no type': ours => ours.sign(claims(), { typ: undefined }),
  'the type of a refresh token': ours => ours.sign(claims(), { typ: 'refresh+jwt' }),
  'another issuer': ours => ours.sign(claims({ iss: 'https://evil.example' })),
  'an issuer with a slash more': ours => ours.sign(claims({ iss: `${ISSUER}/` })),
  'no issuer': ours => ours.sign(claims({ iss: undefined })),
  'another environment': ours => ours.sign(claims({ aud: 'nself-staging' })),
  'no audience': ours => ours.sign(claims({ aud: undefined })),
  'no end': ours => ours.sign(claims({ exp: undefined })),
  'an end as text': ours => forgedClaims(ours, { exp: String(now() + 900) }),
  'not yet valid': ours => ours.sign(claims({ nbf: now() + 600 })),
  'no time of issue': ours => ours.sign(claims({ iat: undefined })),
  'cut off in the signature': ours => ours.sign().then(token => token.slice(0, -20)),
  'without signature': ours => ours.sign().then(token => `${token.split('.').slice(0, 2).join('.')}.`),
  'of two parts': ours => ours.sign().then(token => token.split('.').slice(0, 2).join('.')),
  'with claims exchanged': ours =>
    ours.sign().then(token => {
      const [header, , signature] = token.split('.');
      return `${header}.${Buffer.from(JSON.stringify(claims({}, { 'x-hasura-default-role': 'owner' }))).toString('base64url')}.${signature}`;
    }),
  'of endless length': () => `${'a'.repeat(100_000)}.b.c`,
  'that is no token': () => 'hello',
  'with claims as a list': ours => ours.sign(claims({ [HASURA_CLAIMS]: [] })),
  'with claims as text': ours => ours.sign(claims({ [HASURA_CLAIMS]: JSON.stringify({}) })),
  'without claims': ours => ours.sign(claims({ [HASURA_CLAIMS]: undefined })),
  'with claims null': ours => ours.sign(claims({ [HASURA_CLAIMS]: null })),
  'for a person as a list': ours => ours.sign(claims({}, { 'x-hasura-user-id': [USER] })),
  'for a person as a number': ours => ours.sign(claims({}, { 'x-hasura-user-id': 7 })),
  'for nobody': ours => ours.sign(claims({}, { 'x-hasura-user-id': null })),
  'for a person that is no id': ours => ours.sign(claims({}, { 'x-hasura-user-id': "' or true --" })),
  'for one person on behalf of another': ours => ours.sign(claims({ sub: SESSION })),
  'for a family as a list': ours => ours.sign(claims({}, { 'x-hasura-family-id': [FAMILY, SESSION] })),
  'for a family as null': ours => ours.sign(claims({}, { 'x-hasura-family-id': null })),
  'for a family in two spellings': ours => ours.sign(claims({}, { 'X-Hasura-Family-Id': SESSION })),
  'for the role admin': ours =>
    ours.sign(claims({}, { 'x-hasura-default-role': 'admin', 'x-hasura-allowed-roles': ['admin'] })),
  'with admin among the roles': ours =>
    ours.sign(claims({}, { 'x-hasura-allowed-roles': ['adult', 'admin'] })),
  'for a role that is not allowed': ours => ours.sign(claims({}, { 'x-hasura-default-role': 'owner' })),
  'with roles as text': ours => ours.sign(claims({}, { 'x-hasura-allowed-roles': 'adult' })),
  'with a role as a list': ours => ours.sign(claims({}, { 'x-hasura-default-role': ['adult'] })),
  'with a variable as an object': ours => ours.sign(claims({}, { 'x-hasura-shelf': { eq: 1 } })),
  'with a session as a list': ours => ours.sign(claims({ sid: [SESSION] })),
  'without session': ours => ours.sign(claims({ sid: undefined })),
  'with the rate of a key as text': ours => ours.sign(claims({ kind: 'machine', rate: '60' })),
  'with a rate below one': ours => ours.sign(claims({ kind: 'machine', rate: 0 })),
  'with a rate and no key': ours => ours.sign(claims({ kind: 'machine', rate: 60, sid: undefined })),
  'with the rate of a key for a person': ours => ours.sign(claims({ rate: 60 })),
  'of an unknown kind': ours => ours.sign(claims({ kind: 'system' })),
};

/** The library refuses to sign such claims itself. */
function forgedClaims(ours: Signer, changes: Record<string, unknown>): Promise<string> {
  return ours.sign(JSON.parse(JSON.stringify(claims(changes))));
}

describe.each(Object.entries(ways))('a token read by the %s', (_, read) => {
  let ours: Signer;
  let other: Signer;

  beforeAll(async () => {
    [ours, other] = await Promise.all([signer(), signer('theirs')]);
  });

  it('is taken when it is good, and names its actor', async () => {
    const token = await ours.sign(claims({ iat: 1_700_000_000.123 }));
    await expect(read(verifierFor(ours.jwks), token)).resolves.toMatchObject({
      kind: 'user',
      userId: USER,
      familyId: FAMILY,
      role: 'adult',
      allowedRoles: ['adult', 'user', 'me'],
      sessionId: SESSION,
      issuedAt: 1_700_000_000_123,
      session: { 'x-hasura-role': 'adult', 'x-hasura-user-id': USER, 'x-hasura-family-id': FAMILY },
    });
  });

  it('is taken when it is signed on an elliptic curve', async () => {
    const curve = await signer('curve', 'ES256');
    await expect(read(verifierFor(curve.jwks), await curve.sign())).resolves.toMatchObject({ userId: USER });
  });

  it('names the key of a machine, and its rate', async () => {
    const token = await ours.sign(claims({ kind: 'machine', rate: 60 }));
    await expect(read(verifierFor(ours.jwks), token)).resolves.toMatchObject({
      kind: 'machine',
      key: { id: SESSION, perMinute: 60 },
    });
  });

  it('is a device’s whatever role it holds, when it names one', async () => {
    const token = await ours.sign(claims({}, { 'x-hasura-device-id': USER }));
    await expect(read(verifierFor(ours.jwks), token)).resolves.toMatchObject({
      kind: 'device',
      role: 'adult',
    });
  });

  it('is taken from an audience of several', async () => {
    const token = await ours.sign(claims({ aud: ['else', AUDIENCE] }));
    await expect(read(verifierFor(ours.jwks), token)).resolves.toMatchObject({ userId: USER });
  });

  it.each(Object.entries(FORGERIES))('is refused: %s', async (_name, forge) => {
    const token = await forge(ours, other);
    const refusal: unknown = await read(verifierFor(ours.jwks), token).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, detail: undefined });
  });

  it('is refused as expired when it was good once', async () => {
    const token = await ours.sign(claims({ exp: now() - 1 }));
    await expect(read(verifierFor(ours.jwks), token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('is refused when its session was ended', async () => {
    const revocations = freshRevocations();
    revocations.add({ kind: 'session', sessionId: SESSION, at: 0 });
    const token = await ours.sign();
    await expect(read(verifierFor(ours.jwks, revocations), token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('follows a rotation: both keys are good while both are published', async () => {
    const next = await signer('summer');
    const both = { keys: [...ours.jwks.keys, ...next.jwks.keys] };
    await expect(read(verifierFor(both), await ours.sign())).resolves.toBeDefined();
    await expect(read(verifierFor(both), await next.sign())).resolves.toBeDefined();
    await expect(read(verifierFor(next.jwks), await ours.sign())).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});
