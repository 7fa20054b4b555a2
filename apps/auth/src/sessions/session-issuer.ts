import { Inject, Injectable } from '@nestjs/common';
import { TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson, type Standing } from '../context';
import { familyView, MembershipRepository, type OwnFamily } from '../memberships';
import { tokenSettings, type TokenSettings } from '../tokens';
import { hashOf, newRefreshToken } from './refresh-token';
import { RefreshTokenRepository } from './refresh-token.repository';
import type { IssuedSession } from './session';
import { SessionRepository } from './session.repository';
import { chooseFamily, standingIn, TokenSigner } from './token-signer';

/** How a session comes to be. */
export interface Opening {
  client: Client;
  /** The family that the first token should speak for; otherwise the one that was joined first. */
  familyId?: string;
  deviceId?: string;
  mfa?: boolean;
  /** False when a stored key was used instead of a person's proof; such a session may not change factors. */
  present?: boolean;
  /** Runs in the transaction that opens the session: the place for audit events of the sign-in. */
  alongside?: (manager: EntityManager, familyId: string | null) => Promise<void>;
}

/** Opens sessions and signs their tokens. Every way to sign in ends here. */
@Injectable()
export class SessionIssuer {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly memberships: MembershipRepository,
    private readonly signer: TokenSigner,
    @Inject(tokenSettings.token) private readonly settings: TokenSettings,
  ) {}

  async open(account: Account, opening: Opening): Promise<IssuedSession> {
    const families = await this.familiesOf(account.id);
    const family = chooseFamily(families, opening.familyId);
    const standing = standingIn(family, account);
    const refreshToken = newRefreshToken();
    const stored = await this.tenants.run(contextOfPerson(account.id, standing), manager =>
      this.store(manager, account, standing, opening, refreshToken),
    );
    const { token, expiresIn } = await this.signer.sign({
      account,
      family,
      elevated: false,
      ...opening,
      ...stored,
    });
    return {
      ...stored,
      accessToken: token,
      expiresIn,
      refreshToken,
      account,
      family: family ? familyView(family) : null,
    };
  }

  async familiesOf(userId: string): Promise<OwnFamily[]> {
    return this.tenants.run(contextOfPerson(userId), manager => this.memberships.ofMyself(manager));
  }

  private async store(
    manager: EntityManager,
    account: Account,
    { familyId, role }: Standing,
    opening: Opening,
    refreshToken: string,
  ): Promise<{ sessionId: string; refreshTokenId: string }> {
    const { sessionSeconds, refreshTokenSeconds } = this.settings;
    const sessionId = await this.sessions.open(manager, {
      userId: account.id,
      familyId,
      role,
      deviceId: opening.deviceId,
      client: opening.client,
      lifeSeconds: sessionSeconds,
      mfa: opening.mfa ?? false,
      present: opening.present ?? true,
    });
    const refreshTokenId = await this.refreshTokens.insert(manager, {
      userId: account.id,
      sessionId,
      hash: hashOf(refreshToken),
      lifeSeconds: Math.min(refreshTokenSeconds, sessionSeconds),
    });
    await opening.alongside?.(manager, familyId);
    return { sessionId, refreshTokenId };
  }
}
