import { Clock, type SettingsOf } from '@nself/kernel';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet } from 'jose';
import { createHmac } from 'node:crypto';
import type { identitySettings } from '../identity.settings';
import { Revocations } from '../revocations';
import { HASURA_CLAIMS } from './claims';
import { LocalKeys } from './key-source';
import { TokenVerifier } from './token-verifier';

export const ISSUER = 'https://auth.example';
export const AUDIENCE = 'nself';
export const USER = '0190c0de-0000-7000-8000-000000000001';
export const FAMILY = '0190c0de-0000-7000-8000-00000000000a';
export const SESSION = '0190c0de-0000-7000-8000-0000000000ff';

export const settings: SettingsOf<typeof identitySettings> = {
  issuer: ISSUER,
  audience: AUDIENCE,
  jwksUrl: `${ISSUER}/.well-known/jwks.json`,
  algorithm: 'RS256',
  algorithms: ['RS256', 'ES256'],
  secret: undefined,
  previousSecret: undefined,
  revocationMaxAge: 5_000,
};

type Claims = Record<string, unknown>;

/** The claims of an everyday token, with some of them changed; undefined removes one. */
export function claims(changes: Claims = {}, hasura: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: USER,
    sid: SESSION,
    iss: ISSUER,
    aud: AUDIENCE,
    iat: now,
    exp: now + 900,
    [HASURA_CLAIMS]: {
      'x-hasura-user-id': USER,
      'x-hasura-family-id': FAMILY,
      'x-hasura-default-role': 'adult',
      'x-hasura-allowed-roles': ['adult', 'user', 'me'],
      ...hasura,
    },
    ...changes,
  };
}

/** One who can sign, and what the world knows of the key. */
export interface Signer {
  readonly privateKey: CryptoKey;
  readonly publicPem: string;
  readonly jwks: JSONWebKeySet;
  sign(payload?: Claims, header?: Claims): Promise<string>;
}

export async function signer(kid = 'spring', alg = 'RS256'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return {
    privateKey,
    publicPem: await exportSPKI(publicKey),
    jwks: { keys: [jwk] },
    sign: (payload = claims(), header = {}) =>
      new SignJWT(payload).setProtectedHeader({ alg, kid, typ: 'JWT', ...header }).sign(privateKey),
  };
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token put together by hand, signature and all. */
export const forged = (header: unknown, payload: unknown, signature = ''): string =>
  `${part(header)}.${part(payload)}.${signature}`;

/** Signed with HMAC under a key that the world knows. */
export function hmacForged(secret: string, header: Claims = {}): string {
  const body = `${part({ alg: 'HS256', kid: 'spring', typ: 'JWT', ...header })}.${part(claims())}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** A list of revocations that is fresh. */
export function freshRevocations(): Revocations {
  const revocations = new Revocations(new Clock(), settings.revocationMaxAge);
  revocations.confirm(Date.now() + 3_600_000);
  return revocations;
}

export const verifierFor = (jwks: JSONWebKeySet, revocations = freshRevocations()): TokenVerifier =>
  new TokenVerifier(new LocalKeys(() => jwks), revocations, settings);
