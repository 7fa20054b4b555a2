import { EngineError, sessionOf, type Session } from '../../executor';
import { headerOf, type Credentials } from './authenticator';

/** Claims under Hasura's names, keys in lower case; values as the token or the webhook gave them. */
export type HasuraClaims = ReadonlyMap<string, unknown>;

const ALLOWED = 'x-hasura-allowed-roles';
const DEFAULT = 'x-hasura-default-role';

export function claimsOf(object: object): HasuraClaims {
  const entries = Object.entries(object).map(([name, value]) => [name.toLowerCase(), value] as const);
  return new Map(entries.filter(([name]) => name.startsWith('x-hasura-')));
}

/** The session that verified claims give, in the role that was asked for if it is among the allowed ones. */
export function sessionOfClaims(
  claims: HasuraClaims,
  headers: Credentials['headers'],
  more: Pick<Session, 'expiresAt' | 'stillValid'> = {},
): Session {
  const allowed = allowedRoles(claims);
  const usual = defaultRole(claims);
  const role = headerOf(headers, 'x-hasura-role') ?? usual;
  if (!allowed.includes(role)) {
    throw new EngineError('access-denied', 'Your requested role is not in allowed roles', { status: 400 });
  }
  return sessionOf(role, variablesOf(claims), more);
}

function allowedRoles(claims: HasuraClaims): readonly string[] {
  const roles = claims.get(ALLOWED);
  if (roles === undefined) throw missing(ALLOWED);
  if (Array.isArray(roles) && roles.every(role => typeof role === 'string')) return roles;
  throw new EngineError('jwt-invalid-claims', `invalid ${ALLOWED}; should be a list of roles`);
}

function defaultRole(claims: HasuraClaims): string {
  const role = claims.get(DEFAULT);
  if (role === undefined) throw missing(DEFAULT);
  if (typeof role === 'string') return role;
  throw new EngineError('jwt-invalid-claims', `invalid ${DEFAULT}; should be a role`);
}

const missing = (claim: string): EngineError =>
  new EngineError('jwt-missing-role-claims', `JWT claim does not contain ${claim}`);

function variablesOf(claims: HasuraClaims): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of claims) {
    if (name === ALLOWED || name === DEFAULT || value === null || value === undefined) continue;
    variables[name] = textOf(name, value);
  }
  return variables;
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return arrayText(value);
  throw new EngineError('jwt-invalid-claims', `invalid claim ${name}; should be a string`);
}

/** A list becomes a Postgres array literal, which is what `_in` with a session variable casts. */
function arrayText(values: readonly unknown[]): string {
  return `{${values.map(value => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
