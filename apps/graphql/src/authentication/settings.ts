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
  const { hook, hookMode, hookSeesRequest, unauthorizedRole } = values;
  const adminSecrets = secretsOf(values);
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

/** @throws StartError for a list without a secret: nobody may think that there is one. */
function secretsOf({ adminSecret, adminSecrets, accessKey }: Values): readonly string[] {
  if (adminSecrets === undefined) return [adminSecret, accessKey].filter(secret => secret !== undefined);
  const list = listOf('HASURA_GRAPHQL_ADMIN_SECRETS', '["...", "..."]', adminSecrets);
  const secrets = list.filter(secret => typeof secret === 'string' && secret !== '');
  if (secrets.length === list.length && secrets.length > 0) return secrets.map(String);
  throw new StartError('HASURA_GRAPHQL_ADMIN_SECRETS is no list of secrets.', 'Write it as ["...", "..."].');
}

function jwtOf({ jwtSecret, jwtSecrets }: Values): JwtSettings[] {
  if (jwtSecrets === undefined)
    return jwtSecret === undefined ? [] : [parsed('HASURA_GRAPHQL_JWT_SECRET', jwtSecret)];
  const list = listOf('HASURA_GRAPHQL_JWT_SECRETS', '[{...}, {...}]', jwtSecrets);
  return list.map(item => parsed('HASURA_GRAPHQL_JWT_SECRETS', JSON.stringify(item)));
}

function listOf(name: string, example: string, text: string): readonly unknown[] {
  const fault = new StartError(`${name} is not a JSON list.`, `Write it as ${example}.`);
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
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
