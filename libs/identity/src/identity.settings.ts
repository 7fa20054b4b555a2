import { defineSettings, duration, list, oneOf, secret, text, url } from '@nself/kernel';

/** Algorithms whose keys have a public half (RFC 7518, 3.1), as far as they are known here. */
export const PUBLIC_KEY_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
] as const;

/** What every service needs to know to trust a token. */
export const identitySettings = defineSettings('identity', {
  issuer: {
    env: 'AUTH_JWT_ISSUER',
    meaning: 'Who signs access tokens; tokens of any other issuer are refused.',
    shape: text(),
    derived: { says: 'AUTH_URL', from: read => authUrl(read) },
  },
  audience: {
    env: 'AUTH_JWT_AUDIENCE',
    meaning: 'Whom access tokens are meant for; keeps tokens of other environments out.',
    shape: text(),
    default: 'nself',
  },
  jwksUrl: {
    env: 'AUTH_JWKS_URL',
    meaning: 'Where the public keys of access tokens are.',
    shape: url(),
    derived: {
      says: 'AUTH_URL/.well-known/jwks.json',
      from: read => `${authUrl(read)}/.well-known/jwks.json`,
    },
  },
  algorithm: {
    env: 'AUTH_JWT_ALGORITHM',
    meaning:
      'How access tokens are signed: RS256 or ES256 with a private key that auth alone has, or HS256 with a secret that all services share. With HS256 no public key is accepted, and without it no secret.',
    shape: oneOf(['RS256', 'ES256', 'HS256']),
    default: 'RS256',
  },
  algorithms: {
    env: 'AUTH_JWT_ALGORITHMS',
    meaning: 'Signature algorithms that are accepted unless tokens are HS256; only those with public keys.',
    shape: list({
      what: `some of ${PUBLIC_KEY_ALGORITHMS.join(', ')},`,
      fits: word => PUBLIC_KEY_ALGORITHMS.some(each => each === word),
    }),
    default: ['RS256', 'ES256'],
  },
  secret: {
    env: 'AUTH_JWT_SECRET',
    meaning: 'Secret that signs and verifies access tokens when AUTH_JWT_ALGORITHM is HS256.',
    shape: secret({ minBytes: 32 }),
    optional: true,
  },
  previousSecret: {
    env: 'AUTH_JWT_PREVIOUS_SECRET',
    meaning: 'Secret that signed before the current one; its tokens stay valid until they expire.',
    shape: secret({ minBytes: 32 }),
    optional: true,
  },
  revocationMaxAge: {
    env: 'REVOCATION_MAX_AGE',
    meaning: 'With a list of ended sessions older than this a service refuses tokens rather than trust them.',
    shape: duration({ min: 1_000 }),
    default: 5_000,
  },
});

function authUrl(read: (name: string) => string | undefined): string {
  const address = read('AUTH_URL') ?? `http://127.0.0.1:${read('AUTH_PORT') ?? '4000'}`;
  return address.replace(/\/+$/, '');
}
