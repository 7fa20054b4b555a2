import { stepsOf } from './json-path';

/** Where one claim comes from: a path into the token with a default, or a fixed value. */
export type ClaimSource =
  { readonly path: string; readonly default?: unknown } | { readonly literal: unknown };

/** One entry of `HASURA_GRAPHQL_JWT_SECRET(S)`, checked (Hasura docs, "Authentication using JWT"). */
export interface JwtSettings {
  readonly type: string | undefined;
  readonly key: string | undefined;
  readonly jwkUrl: string | undefined;
  readonly claims:
    | { readonly namespace: string }
    | { readonly namespacePath: string }
    | { readonly map: ReadonlyMap<string, ClaimSource> };
  readonly stringified: boolean;
  readonly audience: readonly string[] | undefined;
  readonly issuer: string | undefined;
  /** Seconds. */
  readonly allowedSkew: number;
  readonly header: TokenHeader;
}

export type TokenHeader =
  { readonly type: 'Authorization' } | { readonly type: 'Cookie' | 'CustomHeader'; readonly name: string };

export class JwtSettingsError extends Error {}

const TYPES = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'Ed25519'];
export const DEFAULT_NAMESPACE = 'https://hasura.io/jwt/claims';

type Json = Readonly<Record<string, unknown>>;

/** Reads the setting; throws JwtSettingsError with one line that says what is wrong. */
export function parseJwtSettings(text: string): JwtSettings {
  const json = objectOf(text);
  const type = optional(json, 'type');
  if (type !== undefined && !TYPES.includes(type))
    throw new JwtSettingsError(`type ${type} is none of ${TYPES.join(', ')}`);
  const key = optional(json, 'key');
  const jwkUrl = optional(json, 'jwk_url');
  if ((key === undefined) === (jwkUrl === undefined))
    throw new JwtSettingsError('needs either key or jwk_url');
  if (key !== undefined && type === undefined) throw new JwtSettingsError('a key needs a type');
  return {
    type,
    key,
    jwkUrl,
    claims: claimsPlace(json),
    stringified: isStringified(json),
    audience: audienceOf(json['audience']),
    issuer: optional(json, 'issuer'),
    allowedSkew: typeof json['allowed_skew'] === 'number' ? json['allowed_skew'] : 0,
    header: headerPlace(json['header']),
  };
}

function objectOf(text: string): Json {
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch {
    throw new JwtSettingsError('is not JSON');
  }
  throw new JwtSettingsError('is not a JSON object');
}

function claimsPlace(json: Json): JwtSettings['claims'] {
  const map = json['claims_map'];
  if (isObject(map))
    return {
      map: new Map(Object.entries(map).map(([name, source]) => [name.toLowerCase(), sourceOf(name, source)])),
    };
  const path = optional(json, 'claims_namespace_path');
  const namespace = optional(json, 'claims_namespace');
  if (path === undefined) return { namespace: namespace ?? DEFAULT_NAMESPACE };
  if (namespace === undefined) return { namespacePath: checked(path) };
  throw new JwtSettingsError('has both claims_namespace and claims_namespace_path');
}

function isStringified(json: Json): boolean {
  const format = optional(json, 'claims_format') ?? 'json';
  if (format === 'json' || format === 'stringified_json') return format !== 'json';
  throw new JwtSettingsError('claims_format is neither json nor stringified_json');
}

function sourceOf(name: string, source: unknown): ClaimSource {
  if (!isObject(source)) return { literal: source };
  const { path } = source;
  if (typeof path !== 'string') throw new JwtSettingsError(`claims_map ${name} needs a path`);
  return { path: checked(path), default: source['default'] };
}

function checked(path: string): string {
  try {
    stepsOf(path);
    return path;
  } catch (error) {
    throw new JwtSettingsError(error instanceof Error ? error.message : path);
  }
}

function audienceOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.every(item => typeof item === 'string')) return list;
  throw new JwtSettingsError('audience is neither a string nor a list of strings');
}

/** An object, or the text of one, which the documentation of Hasura has as well. */
function headerPlace(value: unknown): TokenHeader {
  if (typeof value === 'string') return headerPlace(objectOf(value));
  if (value === undefined || value === null) return { type: 'Authorization' };
  const { type, name } = isObject(value) ? value : {};
  if (type === 'Authorization') return { type };
  if ((type === 'Cookie' || type === 'CustomHeader') && typeof name === 'string') {
    return { type, name: type === 'Cookie' ? name : name.toLowerCase() };
  }
  throw new JwtSettingsError('header needs a type (Authorization, Cookie, CustomHeader) and a name');
}

function optional(json: Json, name: string): string | undefined {
  const value = json[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new JwtSettingsError(`${name} is not a string`);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
