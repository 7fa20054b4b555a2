import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** A secret that every installation makes for itself, and how. None has a default. */
export interface SecretKind {
  readonly meaning: string;
  make(): string;
}

/** By the name of its environment variable. */
export const secretKinds: Readonly<Record<string, SecretKind>> = {
  AUTH_JWT_PRIVATE_KEY: { meaning: 'signs access tokens (RSA, PKCS#8)', make: signingKey },
  MASTER_KEY: { meaning: 'wraps the keys that data is encrypted with', make: hexKey },
  STORAGE_SIGNING_KEY: { meaning: 'signs links to single objects', make: hexKey },
  HASURA_GRAPHQL_ADMIN_SECRET: { meaning: 'opens GraphQL as admin', make: word },
  APP_DATABASE_PASSWORD: { meaning: 'of the database role nself_app', make: word },
  AUTH_DATABASE_PASSWORD: { meaning: 'of the database role nself_auth', make: word },
  ADMIN_DATABASE_PASSWORD: { meaning: 'of the database role nself_admin', make: word },
};

/** One fresh value for each secret that `given` lacks. */
export function missingSecrets(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const missing = Object.entries(secretKinds).filter(([name]) => !given[name]);
  return Object.fromEntries(missing.map(([name, kind]) => [name, kind.make()]));
}

function word(): string {
  return randomBytes(24).toString('base64url');
}

function hexKey(): string {
  return randomBytes(32).toString('hex');
}

function signingKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return privateKey.trim();
}
