import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** A secret that every installation makes for itself, and how. None has a default. */
export interface SecretKind {
  readonly meaning: string;
  /** `given` is what the operator has chosen. */
  make(given: Given): string;
  /** Which installations need it; all unless said otherwise. */
  needed?(given: Given): boolean;
}

type Given = Readonly<Record<string, string | undefined>>;

const isHmac = (given: Given): boolean => given.AUTH_JWT_ALGORITHM === 'HS256';

/** By the name of its environment variable. */
export const secretKinds: Readonly<Record<string, SecretKind>> = {
  AUTH_JWT_PRIVATE_KEY: { meaning: 'signs access tokens (PKCS#8)', make: signingKey },
  AUTH_JWT_SECRET: { meaning: 'signs access tokens (HS256)', make: hexKey, needed: isHmac },
  MASTER_KEY: { meaning: 'wraps the keys that data is encrypted with', make: hexKey },
  STORAGE_SIGNING_KEY: { meaning: 'signs links to single objects', make: hexKey },
  HASURA_GRAPHQL_ADMIN_SECRET: { meaning: 'opens GraphQL as admin', make: word },
  APP_DATABASE_PASSWORD: { meaning: 'of the database role nself_app', make: word },
  AUTH_DATABASE_PASSWORD: { meaning: 'of the database role nself_auth', make: word },
  ADMIN_DATABASE_PASSWORD: { meaning: 'of the database role nself_admin', make: word },
};

/** One fresh value for each secret that `given` lacks. */
export function missingSecrets(given: Given): Record<string, string> {
  const missing = Object.entries(secretKinds).filter(
    ([name, kind]) => !given[name] && (kind.needed?.(given) ?? true),
  );
  return Object.fromEntries(missing.map(([name, kind]) => [name, kind.make(given)]));
}

function word(): string {
  return randomBytes(24).toString('base64url');
}

function hexKey(): string {
  return randomBytes(32).toString('hex');
}

function signingKey(given: Given): string {
  const { privateKey } =
    given.AUTH_JWT_ALGORITHM === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
}
