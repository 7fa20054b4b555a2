import { createSecretKey } from 'node:crypto';
import type { Request } from 'express';
import { SignJWT } from 'jose';
import { BearerStrategy } from '../guards';
import { LocalKeys, secretKid, SharedSecrets, type KeySource } from './key-source';
import {
  claims,
  forged,
  freshRevocations,
  hmacForged,
  settings,
  signer,
  USER,
  type Signer,
} from './token.fixture';
import { refusalOf, TokenVerifier } from './token-verifier';

type Header = Record<string, unknown>;
type Mode = 'RS256' | 'ES256' | 'HS256';

const SECRET = 'what all services of the house share, 1';
const BEFORE = 'what they shared until last summer, 2';
const ELSEWHERE = 'what another house shares, 3';
const KID = secretKid(SECRET);

const withSecret = (secret: string, header: Header = {}): Promise<string> =>
  new SignJWT(claims())
    .setProtectedHeader({ alg: 'HS256', kid: secretKid(secret), typ: 'JWT', ...header })
    .sign(createSecretKey(secret, 'utf8'));

const verifier = (keys: KeySource, algorithm: Mode): TokenVerifier =>
  new TokenVerifier(keys, freshRevocations(), { ...settings, algorithm });

/** Both ways to look at a token must say the same. */
const ways = {
  verifier: (judge: TokenVerifier, token: string) => judge.verify(token),
  'passport-jwt': (judge: TokenVerifier, token: string) => {
    const request = { headers: { authorization: `Bearer ${token}` } } as unknown as Request;
    return new BearerStrategy(judge).actorOf(request).catch((error: unknown) => {
      throw refusalOf(error);
    });
  },
};

describe.each(Object.entries(ways))('read by the %s', (_, read) => {
  let rsa: Signer;
  let curve: Signer;

  beforeAll(async () => {
    [rsa, curve] = await Promise.all([signer('rsa'), signer('curve', 'ES256')]);
  });

  const refusal = { code: 'UNAUTHENTICATED', status: 401 };

  describe('a token that is signed with a secret', () => {
    const judge = verifier(new SharedSecrets([SECRET, BEFORE]), 'HS256');

    it('is taken, and so is one of the secret before', async () => {
      await expect(read(judge, await withSecret(SECRET))).resolves.toMatchObject({ userId: USER });
      await expect(read(judge, await withSecret(BEFORE))).resolves.toMatchObject({ userId: USER });
    });

    it.each<[string, () => Promise<string> | string]>([
      ['with no algorithm', () => forged({ alg: 'none', kid: KID, typ: 'JWT' }, claims())],
      ['of another secret', () => withSecret(ELSEWHERE)],
      ['of another secret under our kid', () => withSecret(ELSEWHERE, { kid: KID })],
      ['of the secret before under the kid of today', () => withSecret(BEFORE, { kid: KID })],
      ['under the kid itself as secret', () => hmacForged(KID, { kid: KID })],
      ['under nothing', () => hmacForged('', { kid: KID })],
      ['with another hash', () => withSecret(SECRET, { alg: 'HS512' })],
      ['without kid', () => withSecret(SECRET, { kid: undefined })],
      ['with a kid that climbs', () => withSecret(SECRET, { kid: '../../dev/null' })],
      ['with a kid that is a prototype', () => withSecret(SECRET, { kid: '__proto__' })],
      ['with a key of its own', () => withSecret(SECRET, { jwk: { kty: 'oct', k: 'AAAA' } })],
      ['with an address of keys', () => withSecret(SECRET, { jku: 'https://evil.example/jwks.json' })],
      ['that is signed with an RSA key under our kid', () => rsa.sign(claims(), { kid: KID })],
      ['that is signed on a curve under our kid', () => curve.sign(claims(), { kid: KID })],
      ['with claims exchanged', async () => exchanged(await withSecret(SECRET))],
    ])('is refused %s', async (_name, forge) => {
      await expect(read(judge, await forge())).rejects.toMatchObject(refusal);
    });
  });

  describe.each(['RS256', 'ES256'] as const)('where tokens are %s', algorithm => {
    const ours = (): Signer => (algorithm === 'RS256' ? rsa : curve);
    const judge = (): TokenVerifier => verifier(new LocalKeys(() => ours().jwks), algorithm);

    it('takes what its key signed', async () => {
      await expect(read(judge(), await ours().sign())).resolves.toMatchObject({ userId: USER });
    });

    it.each<[string, () => Promise<string> | string]>([
      ['no algorithm', () => forged({ alg: 'none', kid: ours().jwks.keys[0]?.kid, typ: 'JWT' }, claims())],
      ['a secret of the house', () => withSecret(SECRET)],
      ['the public key as a secret', () => hmacForged(ours().publicPem, { kid: ours().jwks.keys[0]?.kid })],
      [
        'the published key as a secret',
        () => hmacForged(JSON.stringify(ours().jwks.keys[0]), { kid: ours().jwks.keys[0]?.kid }),
      ],
      [
        'a key of the other kind under our kid',
        () => (algorithm === 'RS256' ? curve : rsa).sign(claims(), { kid: ours().jwks.keys[0]?.kid }),
      ],
      ['claims exchanged', async () => exchanged(await ours().sign())],
    ])('refuses %s', async (_name, forge) => {
      await expect(read(judge(), await forge())).rejects.toMatchObject(refusal);
    });
  });
});

it('asks for a secret where tokens are to be signed with one', () => {
  expect(() => SharedSecrets.of({})).toThrow('AUTH_JWT_SECRET is missing.');
});

function exchanged(token: string): string {
  const [header, , signature] = token.split('.');
  const owner = claims({}, { 'x-hasura-default-role': 'owner', 'x-hasura-allowed-roles': ['owner'] });
  return [header, Buffer.from(JSON.stringify(owner)).toString('base64url'), signature].join('.');
}
