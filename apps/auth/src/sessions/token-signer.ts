import { Injectable } from '@nestjs/common';
import { hasuraRoleOf, type HasuraRole } from '@nself/identity';
import { userView, type Account } from '../accounts';
import { isOpen, type OwnFamily } from '../memberships';
import { AccessTokens, CustomClaims, type AccessToken } from '../tokens';
import type { Session } from './session';

/** What an access token is made from. */
export interface TokenOrder {
  account: Account;
  sessionId: string;
  family: OwnFamily | undefined;
  elevated: boolean;
  deviceId?: string | null;
  /** When account and family were as they are here. */
  asOf: Date;
}

/** Turns an account, its session and its family into a signed token. */
@Injectable()
export class TokenSigner {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly customClaims: CustomClaims,
  ) {}

  async sign({ account, sessionId, family, elevated, deviceId, asOf }: TokenOrder): Promise<AccessToken> {
    const { familyId, role } = standingIn(family, account);
    return this.tokens.issue({
      userId: account.id,
      sessionId,
      familyId,
      role,
      allowedRoles: [...new Set([role, ...account.roles])],
      isAnonymous: account.isAnonymous,
      elevated,
      asOf,
      deviceId: deviceId ?? undefined,
      custom: this.customClaims.of({ ...userView(account), family }),
    });
  }
}

/** The wished family if the person belongs to it, else the one joined first, else none. */
export const chooseFamily = (families: OwnFamily[], wished?: string | null): OwnFamily | undefined => {
  const open = families.filter(isOpen);
  return open.find(family => family.id === wished) ?? open[0];
};

/** What somebody is in that family; without one, a signed-in person or an anonymous visitor. */
export function standingIn(
  family: OwnFamily | undefined,
  account: Account,
): { familyId: string | null; role: HasuraRole } {
  if (family) return { familyId: family.id, role: hasuraRoleOf(family.role) };
  return { familyId: null, role: account.isAnonymous ? 'anonymous' : 'user' };
}

const ELEVATION_MINUTES = 15;

/** Has the person shown a security key a moment ago? */
export const isElevated = (session: Session, now: Date): boolean =>
  session.elevatedAt !== null && now.getTime() - session.elevatedAt.getTime() < ELEVATION_MINUTES * 60_000;
