import { Inject, Injectable } from '@nestjs/common';
import { StartError } from '@nself/kernel';
import { tokenSettings, type TokenSettings } from './token.settings';

/** Where custom claims find their values: the account as plain data. */
export type ClaimSource = Readonly<Record<string, unknown>>;

const RESERVED =
  /^(user-id|family-id|default-role|allowed-roles|role|user-is-anonymous|auth-elevated|device-id|scopes|service)$/;
const STEP = /([^.[\]]+)|\[(\d*|\*)\]/g;

/**
 * Claims that the operator adds, as Nhost does it: `{"plan": "metadata.plan", "teams": "metadata.teams[*].id"}` puts
 * `x-hasura-plan` and `x-hasura-teams` into every token. Lists are written as Postgres arrays, `{a,b}`.
 */
@Injectable()
export class CustomClaims {
  private readonly paths: ReadonlyMap<string, string>;

  constructor(@Inject(tokenSettings.token) settings: TokenSettings) {
    this.paths = parsePaths(settings.customClaims);
  }

  /** The claims for one account; a path that leads nowhere gives none. */
  of(account: ClaimSource): Record<string, string> {
    const claims: Record<string, string> = {};
    for (const [name, path] of this.paths) {
      const text = claimText(follow(account, path));
      if (text !== undefined) claims[`x-hasura-${name}`] = text;
    }
    return claims;
  }
}

function parsePaths(json: string): Map<string, string> {
  const entries = Object.entries(objectOf(json));
  return new Map(entries.map(([key, path]) => [claimName(key), String(path)]));
}

function objectOf(json: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    parsed = undefined;
  }
  const paths = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  if (!paths || !Object.values(paths).every(each => typeof each === 'string'))
    throw new StartError(
      'AUTH_JWT_CUSTOM_CLAIMS is no JSON object of names to paths.',
      'Give one such as {"plan": "metadata.plan"}.',
    );
  return paths;
}

function claimName(key: string): string {
  const name = key.toLowerCase().replace(/^x-hasura-/, '');
  const allowed = /^[a-z0-9_-]+$/.test(name) && !RESERVED.test(name);
  if (!allowed)
    throw new StartError(
      `AUTH_JWT_CUSTOM_CLAIMS may not set the claim ${JSON.stringify(key)}.`,
      'Give it a name of its own, of small letters, digits, - and _.',
    );
  return name;
}

function follow(source: unknown, path: string): unknown {
  let found: unknown[] = [source];
  let many = false;
  for (const [, name, index] of path.matchAll(STEP)) {
    const spread = name === undefined && (index === '' || index === '*');
    many ||= spread;
    found = spread
      ? found.flat()
      : found.map(each => memberOf(each, name ?? index ?? '')).filter(each => each !== undefined);
  }
  return many ? found : found[0];
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function claimText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return `{${value.map(each => quoted(each)).join(',')}}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** One item of a Postgres array, where a bare NULL is no word and a backslash only takes a sign for itself. */
function quoted(value: unknown): string {
  if (value === null) return 'NULL';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^[\w-]+$/.test(text) && text.toUpperCase() !== 'NULL') return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
