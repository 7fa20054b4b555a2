import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { EngineError, type Session } from '../../executor';
import { headerOf, type Authenticator, type Credentials } from './authenticator';
import { claimsOf, sessionOfClaims, type HasuraClaims } from './claims';
import { readPath } from './json-path';
import { keysOf, type VerificationKeys } from './jwt-keys';
import type { ClaimSource, JwtSettings } from './jwt-settings';

interface Verified {
  readonly token: string;
  readonly claims: HasuraClaims;
  readonly expiresAt: number | undefined;
  /** Until when nothing need be verified anew, in milliseconds since the epoch. */
  readonly holdsUntil: number;
  /** Sessions made of the claims, by the role that was asked for. */
  readonly sessions: Map<string | undefined, Session>;
}

const REMEMBERED_TOKENS = 10_000;
/** Letters at the end of a token by which it is found: of its signature, and enough to tell any two apart. */
const TAIL = 40;

/**
 * JWT as Hasura reads it: one or several secrets, each with its place of token, issuer, audience, leeway and place of
 * claims. Verified tokens are remembered until they expire or the keys are to be fetched again (a key that was withdrawn
 * may be among them), so that a hot client costs one map look-up.
 */
export class JwtAuthenticator implements Authenticator {
  private readonly secrets: readonly Secret[];
  private readonly remembered = new LRUCache<string, Verified>({ max: REMEMBERED_TOKENS });

  constructor(settings: readonly JwtSettings[]) {
    this.secrets = settings.map(one => new Secret(one));
  }

  authenticate({ headers }: Credentials): Session | undefined | Promise<Session | undefined> {
    const found = this.find(headers);
    const first = found[0];
    if (first === undefined) return undefined;
    const known = found.length === 1 ? this.recall(first.token) : undefined;
    if (known) return session(known, headers);
    const chosen = this.secrets.length === 1 ? first : choose(found);
    return chosen && this.verify(chosen).then(verified => session(verified, headers));
  }

  private find(headers: Credentials['headers']): readonly Found[] {
    const found: Found[] = [];
    for (const secret of this.secrets) {
      const token = tokenAt(secret.settings.header, headers);
      if (token !== undefined) found.push({ token, secret });
    }
    return found;
  }

  private recall(token: string): Verified | undefined {
    const known = this.remembered.get(token.slice(-TAIL));
    if (known?.token !== token) return undefined;
    return known.holdsUntil > Date.now() ? known : undefined;
  }

  private async verify({ token, secret }: Found): Promise<Verified> {
    const verified = await secret.verify(token);
    this.remembered.set(token.slice(-TAIL), verified);
    return verified;
  }
}

/** A token that was sent, and a secret that reads the place where it stood. */
interface Found {
  readonly token: string;
  readonly secret: Secret;
}

class Secret {
  private readonly keys: VerificationKeys;

  constructor(readonly settings: JwtSettings) {
    this.keys = keysOf(settings);
  }

  async verify(token: string): Promise<Verified> {
    const { audience, issuer, allowedSkew } = this.settings;
    const options = {
      algorithms: [...this.keys.algorithms],
      clockTolerance: allowedSkew,
      ...(audience ? { audience: [...audience] } : {}),
      ...(issuer !== undefined ? { issuer } : {}),
    };
    assertCompact(token);
    const payload = await verifySignature(token, this.keys.key, options).catch(refuse);
    const expiresAt = payload.exp === undefined ? undefined : (payload.exp + allowedSkew) * 1000;
    const holdsUntil = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, this.keys.freshUntil());
    const claims = hasuraClaims(payload, this.settings);
    return { token, claims, expiresAt, holdsUntil, sessions: new Map() };
  }
}

type Options = Parameters<typeof jwtVerify>[2];

async function verifySignature(
  token: string,
  key: KeyObject | JWTVerifyGetKey,
  options: Options,
): Promise<JWTPayload> {
  if (typeof key !== 'function') return (await jwtVerify(token, key, options)).payload;
  try {
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyByAny(token, error, options);
    throw error;
  }
}

/** A token that does not name its key is good when one of those that it could mean has signed it. */
async function verifyByAny(
  token: string,
  keys: errors.JWKSMultipleMatchingKeys,
  options: Options,
): Promise<JWTPayload> {
  for await (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}

/** Said before anything else, because it tells that no token was sent at all, or an encrypted one. */
function assertCompact(token: string): void {
  const parts = token.split('.').length;
  if (parts === 3) return;
  throw refusal(`JWSError (CompactDecodeError Invalid number of parts: Expected 3 parts; got ${parts})`);
}

/**
 * Where there are several secrets, the issuers decide: a token and a secret fit unless both name one and it is not the
 * same. A token that fits none proves nothing, and with several fits it cannot be known which was meant (Hasura docs,
 * "Multiple JWT Secrets").
 */
function choose(found: readonly Found[]): Found | undefined {
  const fitting = found.filter(({ token, secret: { settings } }) => {
    const issuer = issuerOf(token);
    return issuer === undefined || settings.issuer === undefined || issuer === settings.issuer;
  });
  if (fitting.length <= 1) return fitting[0];
  throw new EngineError('invalid-headers', 'several JWT secrets fit what was sent');
}

function issuerOf(token: string): string | undefined {
  assertCompact(token);
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    return refuse(error);
  }
}

function session(verified: Verified, headers: Credentials['headers']): Session {
  const { claims, expiresAt, sessions } = verified;
  const role = headerOf(headers, 'x-hasura-role');
  const known = sessions.get(role);
  if (known) return known;
  const made = sessionOfClaims(claims, headers, expiresAt === undefined ? {} : { expiresAt });
  sessions.set(role, made);
  return made;
}

function tokenAt(header: JwtSettings['header'], headers: Credentials['headers']): string | undefined {
  if (header.type === 'Cookie') return cookie(headers.cookie, header.name);
  if (header.type === 'CustomHeader') return headerOf(headers, header.name);
  return headers.authorization === undefined ? undefined : bearer(headers.authorization);
}

const BEARER = 'Bearer ';

/** Nearly every client writes it plainly; only for the others is it looked at closely. */
function bearer(authorization: string): string {
  const plain = authorization.startsWith(BEARER) && !authorization.includes(' ', BEARER.length);
  const token = plain
    ? authorization.slice(BEARER.length)
    : /^Bearer\s+(\S+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) throw new EngineError('invalid-headers', 'Malformed Authorization header');
  return token;
}

function cookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return decoded(part.slice(at + 1).trim());
  }
  return undefined;
}

/** Some clients write a cookie as part of an address; one that is none stands as it is, and is judged as such. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function hasuraClaims(payload: JWTPayload, settings: JwtSettings): HasuraClaims {
  const { claims: place, stringified } = settings;
  if ('map' in place) return mapped(payload, place.map);
  const found = 'namespace' in place ? payload[place.namespace] : readPath(payload, place.namespacePath);
  const name = 'namespace' in place ? place.namespace : place.namespacePath;
  if (found === undefined) throw new EngineError('jwt-invalid-claims', `claims key: '${name}' not found`);
  return claimsOf(objectFrom(found, stringified, name));
}

function objectFrom(found: unknown, stringified: boolean, name: string): object {
  const format = stringified ? 'a stringified JSON object' : 'a JSON object';
  const wrong = new EngineError('jwt-invalid-claims', `expecting ${format} for claims key: '${name}'`);
  if (!stringified) {
    if (isObject(found)) return found;
    throw wrong;
  }
  try {
    const parsed: unknown = JSON.parse(String(found));
    if (isObject(parsed)) return parsed;
  } catch {
    throw wrong;
  }
  throw wrong;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapped(payload: JWTPayload, map: ReadonlyMap<string, ClaimSource>): HasuraClaims {
  const claims = new Map<string, unknown>();
  for (const [name, source] of map) {
    const value = 'literal' in source ? source.literal : (readPath(payload, source.path) ?? source.default);
    if (value !== undefined) claims.set(name, value);
    else throw new EngineError('jwt-invalid-claims', `JWT claim from claims_map, ${name} not found`);
  }
  return claims;
}

const refusal = (reason: string): EngineError =>
  new EngineError('invalid-jwt', `Could not verify JWT: ${reason}`);

/** Hasura names the reasons as its own JWT library does. */
function refuse(error: unknown): never {
  if (error instanceof EngineError) throw error;
  if (error instanceof errors.JWTExpired) throw refusal('JWTExpired');
  if (error instanceof errors.JWSSignatureVerificationFailed) throw refusal('JWSError JWSInvalidSignature');
  if (error instanceof errors.JWTClaimValidationFailed)
    throw refusal(CLAIM_FAULTS[error.claim] ?? 'JWTClaimsInvalid');
  if (error instanceof errors.JOSEError) throw refusal('JWSError JWSInvalidSignature');
  throw new EngineError('unexpected', 'cannot fetch the keys that verify tokens');
}

const CLAIM_FAULTS: Readonly<Record<string, string>> = {
  aud: 'JWTNotInAudience',
  iss: 'JWTNotInIssuer',
  nbf: 'JWTNotYetValid',
  iat: 'JWTIssuedAtFuture',
};
