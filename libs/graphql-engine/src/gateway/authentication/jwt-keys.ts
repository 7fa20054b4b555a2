import { logger } from '@nself/observability';
import { createPublicKey, createSecretKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey, type JWK } from 'jose';
import { JwtSettingsError, type JwtSettings } from './jwt-settings';

export interface VerificationKeys {
  readonly key: KeyObject | JWTVerifyGetKey;
  /** Signature algorithms that this key may be used with: an RSA key is never taken for an HMAC secret. */
  readonly algorithms: readonly string[];
  /** Until when what they verify holds, in milliseconds since the epoch; after that they may be other keys. */
  readonly freshUntil: () => number;
}

const log = logger('jwt-keys');

const REMOTE = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const MINIMUM_SECRET_BYTES = 32;

export function keysOf(settings: JwtSettings): VerificationKeys {
  if (settings.jwkUrl !== undefined) return remoteKeys(new URL(settings.jwkUrl));
  const { type = '', key = '' } = settings;
  if (type.startsWith('HS')) return { key: secretOf(key), algorithms: [type], freshUntil: forEver };
  const algorithms = type === 'Ed25519' ? ['EdDSA', 'Ed25519'] : [type];
  return { key: publicKeyOf(key), algorithms, freshUntil: forEver };
}

const forEver = (): number => Number.POSITIVE_INFINITY;

function secretOf(key: string): KeyObject {
  const bytes = Buffer.from(key, 'utf8');
  if (bytes.length < MINIMUM_SECRET_BYTES) throw new JwtSettingsError('Key size too small');
  return createSecretKey(bytes);
}

/** A public key as PEM, a certificate as PEM, or a JWK. */
function publicKeyOf(key: string): KeyObject {
  try {
    if (key.includes('BEGIN CERTIFICATE')) return new X509Certificate(key).publicKey;
    return key.trimStart().startsWith('{')
      ? createPublicKey({ key: jwkOf(key), format: 'jwk' })
      : createPublicKey(key);
  } catch {
    throw new JwtSettingsError('key is not a public key in PEM form');
  }
}

const jwkOf = (text: string): JWK => JSON.parse(text);

/**
 * Keys fetched by address, found by `kid`. They are fetched again when an unknown `kid` arrives and when the answer's
 * `Cache-Control` or `Expires` says that they are old, so that a rotation needs no restart; once a second at most. As
 * long as the address does not answer, the keys that are known go on serving.
 */
function remoteKeys(url: URL): VerificationKeys {
  let staleAt = Number.POSITIVE_INFINITY;
  const fetchKeys = async (...request: Parameters<typeof fetch>): Promise<Response> => {
    const response = await fetch(...request);
    const fresh = freshness(name => response.headers.get(name)) ?? Number.POSITIVE_INFINITY;
    staleAt = Date.now() + (response.ok ? Math.max(fresh, PAUSE_MS) : PAUSE_MS);
    return response;
  };
  const keys = createRemoteJWKSet(url, { ...PATIENT, [customFetch]: fetchKeys });
  const refresh = async (): Promise<void> => {
    staleAt = Date.now() + PAUSE_MS;
    await keys.reload().catch((error: unknown) => {
      log.warn({ err: error, host: url.host }, 'keys could not be fetched again');
    });
  };
  const key: JWTVerifyGetKey = async (header, token) => {
    if (Date.now() >= staleAt) await refresh();
    return keys(header, token);
  };
  return { key, algorithms: REMOTE, freshUntil: () => staleAt };
}

const PAUSE_MS = 1_000;
const PATIENT = { cacheMaxAge: Number.POSITIVE_INFINITY, cooldownDuration: PAUSE_MS };

/**
 * Milliseconds for which an answer may be kept, by its `cache-control` or else its `expires`; undefined when neither
 * says.
 */
export function freshness(said: (name: string) => string | null | undefined): number | undefined {
  const control = said('cache-control') ?? '';
  if (/no-store|no-cache/i.test(control)) return 0;
  const seconds = /(?:s-maxage|max-age)\s*=\s*(\d+)/i.exec(control)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  if (/must-revalidate/i.test(control)) return 0;
  const expires = Date.parse(said('expires') ?? '');
  return Number.isNaN(expires) ? undefined : Math.max(0, expires - Date.now());
}
