import { Unauthenticated } from '@nself/kernel';
import {
  isRoleName,
  isScope,
  type Actor,
  type HasuraRole,
  type KeyRate,
  type Scope,
  type SessionVariables,
} from '../actor';

/** The namespace that Hasura and Nhost put their claims under. */
export const HASURA_CLAIMS = 'https://hasura.io/jwt/claims';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const KINDS = ['user', 'device', 'machine'] as const;
const NOT_IN_SESSION = new Set(['x-hasura-allowed-roles', 'x-hasura-default-role', 'x-hasura-role']);

/**
 * Makes an actor of the claims of a token whose signature was verified. A claim of another type than it should have
 * is a refusal, never a guess: an array where an id should be must not become text.
 *
 * @throws Unauthenticated
 */
export function actorOf(payload: Readonly<Record<string, unknown>>, token: string): Actor {
  const hasura = hasuraClaims(payload[HASURA_CLAIMS]);
  const role = roleOf(hasura['x-hasura-default-role']);
  const allowedRoles = rolesOf(hasura['x-hasura-allowed-roles']);
  if (!allowedRoles.includes(role)) throw new Unauthenticated();
  const userId = id(hasura['x-hasura-user-id']);
  if (payload.sub !== userId) throw new Unauthenticated();
  const kind = kindOf(payload.kind, role, hasura['x-hasura-device-id']);
  const scopes = scopesOf(hasura['x-hasura-scopes'], kind);
  const key = keyOf(payload, kind);
  return {
    kind,
    userId,
    familyId: optionalId(hasura['x-hasura-family-id']),
    role,
    allowedRoles,
    ...(scopes && { scopes }),
    ...(key && { key }),
    sessionId: kind === 'machine' ? optionalId(payload.sid) : id(payload.sid),
    session: sessionOf(hasura, role),
    issuedAt: milliseconds(payload.iat),
    expiresAt: milliseconds(payload.exp),
    token,
  };
}

/** Keys in lower case, as Hasura reads them; a key that is there twice in different cases is a forgery. */
function hasuraClaims(claims: unknown): Readonly<Record<string, unknown>> {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw new Unauthenticated();
  const entries = Object.entries(claims).map(([key, value]): [string, unknown] => [key.toLowerCase(), value]);
  if (new Set(entries.map(([key]) => key)).size !== entries.length) throw new Unauthenticated();
  return Object.fromEntries(entries);
}

function sessionOf(claims: Readonly<Record<string, unknown>>, role: HasuraRole): SessionVariables {
  const session: Record<string, string> = { 'x-hasura-role': role };
  for (const [key, value] of Object.entries(claims)) {
    if (!key.startsWith('x-hasura-') || NOT_IN_SESSION.has(key)) continue;
    if (typeof value !== 'string') throw new Unauthenticated();
    session[key] = value;
  }
  return session;
}

function roleOf(claim: unknown): HasuraRole {
  if (!isRoleName(claim)) throw new Unauthenticated();
  return claim;
}

function rolesOf(claim: unknown): HasuraRole[] {
  if (!Array.isArray(claim) || claim.length === 0) throw new Unauthenticated();
  return claim.map(roleOf);
}

/** A device stays one whatever role it holds: no change of a membership makes a person of it. */
function kindOf(claim: unknown, role: HasuraRole, device: unknown): 'user' | 'device' | 'machine' {
  if (claim === undefined) return role === 'device' || device !== undefined ? 'device' : 'user';
  const kind = KINDS.find(each => each === claim);
  if (!kind) throw new Unauthenticated();
  return kind;
}

/** The scopes of a key, written as a Postgres array. A machine without them may do nothing. */
function scopesOf(claim: unknown, kind: Actor['kind']): readonly Scope[] | undefined {
  if (claim === undefined) return kind === 'machine' ? [] : undefined;
  if (typeof claim !== 'string' || !/^\{[a-z,]*\}$/.test(claim)) throw new Unauthenticated();
  return claim.slice(1, -1).split(',').filter(isScope);
}

/** `rate` is a claim of our own: requests a minute of the key that `sid` names. */
function keyOf({ rate, sid }: Readonly<Record<string, unknown>>, kind: Actor['kind']): KeyRate | undefined {
  if (rate === undefined) return undefined;
  if (kind !== 'machine' || typeof rate !== 'number' || !Number.isSafeInteger(rate) || rate < 1)
    throw new Unauthenticated();
  return { id: id(sid), perMinute: rate };
}

function id(claim: unknown): string {
  if (typeof claim !== 'string' || !UUID.test(claim)) throw new Unauthenticated();
  return claim;
}

const optionalId = (claim: unknown): string | null => (claim === undefined ? null : id(claim));

/** NumericDate of RFC 7519: seconds, possibly with a fraction. */
function milliseconds(claim: unknown): number {
  if (typeof claim !== 'number' || !Number.isFinite(claim)) throw new Unauthenticated();
  return Math.round(claim * 1000);
}
