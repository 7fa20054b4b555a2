import { EngineError } from '../../executor';
import { AdminSecret, TrustEverybody } from './admin-secret';
import type { Authenticator } from './authenticator';
import { InOrder } from './in-order';
import { JwtAuthenticator } from './jwt';
import type { JwtSettings } from './jwt-settings';
import { UnauthorizedRole } from './unauthorized-role';
import { WebhookAuthenticator, type WebhookSettings } from './webhook';

export type { Authenticator, Credentials, RequestPreview } from './authenticator';
export { parseJwtSettings, JwtSettingsError, type JwtSettings } from './jwt-settings';
export type { WebhookSettings } from './webhook';
export { sessionOfClaims, claimsOf } from './claims';

export interface AuthenticationSettings {
  readonly adminSecrets: readonly string[];
  readonly jwt: readonly JwtSettings[];
  readonly webhook?: WebhookSettings;
  readonly unauthorizedRole?: string;
  /** Tokens of our own issuer, or any other way that an app brings. Asked after the admin secret. */
  readonly own?: Authenticator;
}

/** The order of Hasura: admin secret, then the hook or tokens, then the role of those who prove nothing. */
export function authenticationOf(settings: AuthenticationSettings): Authenticator {
  const { adminSecrets, jwt, webhook, unauthorizedRole, own } = settings;
  const open = adminSecrets.length === 0 && jwt.length === 0 && webhook === undefined && own === undefined;
  if (open) return new TrustEverybody();
  const ways: Authenticator[] = [new AdminSecret(adminSecrets)];
  if (own) ways.push(own);
  if (jwt.length > 0) ways.push(new JwtAuthenticator(jwt));
  if (webhook) ways.push(new WebhookAuthenticator(webhook));
  if (unauthorizedRole !== undefined) ways.push(new UnauthorizedRole(unauthorizedRole));
  return new InOrder(ways, jwt.length > 0 || own ? missingToken : missingSecret);
}

const missingToken = (): EngineError =>
  new EngineError('invalid-headers', "Missing 'Authorization' or 'Cookie' header in JWT authentication mode");

const missingSecret = (): EngineError =>
  new EngineError('access-denied', 'x-hasura-admin-secret/x-hasura-access-key required, but not found');
