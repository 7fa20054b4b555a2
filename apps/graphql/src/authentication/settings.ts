import {
  JwtSettingsError,
  parseJwtSettings,
  type AuthenticationSettings,
  type JwtSettings,
} from '@nself/graphql-engine';
import { StartError, type SettingsOf } from '@nself/kernel';
import type { authenticationSettings } from '../settings';

type Values = SettingsOf<typeof authenticationSettings>;

/** What the environment says about authentication, checked. */
export function readAuthentication(values: Values): AuthenticationSettings {
  const { adminSecret, accessKey, hook, hookMode, hookSeesRequest, unauthorizedRole } = values;
  const adminSecrets = [adminSecret, accessKey].filter(secret => secret !== undefined);
  const jwt = jwtOf(values);
  if (adminSecrets.length === 0 && (jwt.length > 0 || hook !== undefined)) {
    throw new StartError('HASURA_GRAPHQL_ADMIN_SECRET is missing.', 'Tokens and hooks need one beside them.');
  }
  return {
    adminSecrets,
    jwt,
    ...(hook === undefined ? {} : { webhook: { url: hook, mode: hookMode, sendsRequest: hookSeesRequest } }),
    ...(unauthorizedRole === undefined ? {} : { unauthorizedRole }),
  };
}

function jwtOf({ jwtSecret, jwtSecrets }: Values): JwtSettings[] {
  const one = jwtSecret === undefined ? [] : [parsed('HASURA_GRAPHQL_JWT_SECRET', jwtSecret)];
  return [...one, ...listOf(jwtSecrets).map(text => parsed('HASURA_GRAPHQL_JWT_SECRETS', text))];
}

function listOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  const fault = new StartError(
    'HASURA_GRAPHQL_JWT_SECRETS is not a JSON list.',
    'Write it as [{...}, {...}].',
  );
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.map(item => JSON.stringify(item));
  } catch {
    throw fault;
  }
  throw fault;
}

function parsed(name: string, text: string): JwtSettings {
  try {
    return parseJwtSettings(text);
  } catch (error) {
    if (!(error instanceof JwtSettingsError)) throw error;
    throw new StartError(
      `${name} ${error.message}.`,
      'See "Authentication using JWT" in the documentation of Hasura.',
    );
  }
}
