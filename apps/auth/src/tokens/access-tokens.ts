import { createHmac, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@nself/kernel';
import type { HasuraRole } from '@nself/identity';
import { asciiJson } from './ascii-json';
import { SigningKeys, type SigningKey } from './signing-keys';
import { tokenSettings, type TokenSettings } from './token.settings';

/** The namespace under which Hasura looks for its session variables. */
export const HASURA_CLAIMS = 'https://hasura.io/jwt/claims';

/** Everything that an access token says about its bearer. */
export interface TokenSubject {
  /** What bears it, when it is no person or device of a session. */
  kind?: 'machine';
  userId: string;
  /** Machines may have none. */
  sessionId?: string;
  familyId: string | null;
  role: HasuraRole;
  allowedRoles: readonly string[];
  isAnonymous: boolean;
  elevated: boolean;
  deviceId?: string;
  /** Requests a minute of the key that the session id names. */
  ratePerMinute?: number;
  custom?: Readonly<Record<string, string>>;
  /** When all of this was so, for what can be taken away; now unless said otherwise. */
  asOf?: Date;
  /** A shorter life than usual, in seconds. */
  lifeSeconds?: number;
}

export interface AccessToken {
  token: string;
  /** Seconds until it expires. */
  expiresIn: number;
}

/** Signs access tokens. Their claims are the contract of tenancy.md; verification lives in libs/identity. */
@Injectable()
export class AccessTokens {
  constructor(
    @Inject(tokenSettings.token) private readonly settings: TokenSettings,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  async issue(subject: TokenSubject): Promise<AccessToken> {
    const expiresIn = Math.min(subject.lifeSeconds ?? Infinity, this.settings.accessTokenSeconds);
    const key = this.keys.current;
    const header = { alg: key.algorithm, kid: key.kid, typ: 'JWT' };
    const signed = `${segment(JSON.stringify(header))}.${segment(asciiJson(this.claims(subject, expiresIn)))}`;
    const token = `${signed}.${await signatureOf(signed, key)}`;
    return { token, expiresIn };
  }

  private claims(subject: TokenSubject, expiresIn: number): Record<string, unknown> {
    const now = this.clock.now();
    return {
      sub: subject.userId,
      ...(subject.kind && { kind: subject.kind }),
      ...(subject.sessionId && { sid: subject.sessionId }),
      ...(subject.ratePerMinute && { rate: subject.ratePerMinute }),
      iat: (subject.asOf ?? now).getTime() / 1000,
      exp: Math.floor(now.getTime() / 1000) + expiresIn,
      iss: this.settings.issuer,
      aud: this.settings.audience,
      [HASURA_CLAIMS]: hasuraClaims(subject),
    };
  }
}

function hasuraClaims(subject: TokenSubject): Record<string, string | readonly string[]> {
  return {
    ...subject.custom,
    'x-hasura-user-id': subject.userId,
    'x-hasura-default-role': subject.role,
    'x-hasura-allowed-roles': subject.allowedRoles,
    'x-hasura-user-is-anonymous': String(subject.isAnonymous),
    ...(subject.familyId && { 'x-hasura-family-id': subject.familyId }),
    ...(subject.deviceId && { 'x-hasura-device-id': subject.deviceId }),
    ...(subject.elevated && { 'x-hasura-auth-elevated': subject.userId }),
  };
}

const segment = (json: string): string => Buffer.from(json).toString('base64url');

/** With a callback Node signs on its thread pool. */
const signOnPool = promisify(sign);

/** The third part of a token (RFC 7515): a signature on a curve is the bare pair of numbers there, not DER. */
async function signatureOf(signed: string, { algorithm, key }: SigningKey): Promise<string> {
  if (algorithm === 'HS256') return createHmac('sha256', key).update(signed).digest('base64url');
  const signature = await signOnPool('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return signature.toString('base64url');
}
