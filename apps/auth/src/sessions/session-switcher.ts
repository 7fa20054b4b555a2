import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { NotAMember, SessionExpired } from '@nself/kernel';
import { TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { contextOfPerson } from '../context';
import { familyView } from '../memberships';
import { tokenSettings, type TokenSettings } from '../tokens';
import { hashOf, newRefreshToken } from './refresh-token';
import { RefreshTokenRepository } from './refresh-token.repository';
import type { IssuedSession, Session } from './session';
import { isElevated, TokenSigner } from './token-signer';
import { SessionRepository } from './session.repository';
import { Bearer } from './bearer';

/** Lets a running session speak for another of the person's families, or with renewed claims for the same. */
@Injectable()
export class SessionSwitcher {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly bearer: Bearer,
    private readonly signer: TokenSigner,
    @Inject(tokenSettings.token) private readonly settings: TokenSettings,
  ) {}

  /** Tokens for that family; without one, for whichever is open. @throws NotAMember, and nothing is changed */
  async switchTo(actor: Actor, familyId?: string): Promise<IssuedSession> {
    const refreshToken = newRefreshToken();
    const found = await this.tenants.run(contextOfPerson(actor.userId as string), async manager => {
      const session = await this.liveSession(manager, actor.sessionId);
      const bearer = await this.bearer.of(manager, session, familyId);
      if (familyId !== undefined && bearer.family?.id !== familyId) throw new NotAMember();
      const refreshTokenId = await this.refreshTokens.insert(manager, {
        userId: session.userId,
        sessionId: session.id,
        hash: hashOf(refreshToken),
        lifeSeconds: Math.min(this.settings.refreshTokenSeconds, secondsLeft(session)),
      });
      return { session, refreshTokenId, ...bearer };
    });
    const { session, account, family, asOf, refreshTokenId } = found;
    const { token, expiresIn } = await this.signer.sign({
      account,
      family,
      asOf,
      sessionId: session.id,
      deviceId: session.deviceId,
      elevated: isElevated(session, new Date()),
    });
    return {
      sessionId: session.id,
      accessToken: token,
      expiresIn,
      refreshToken,
      refreshTokenId,
      account,
      family: family ? familyView(family) : null,
    };
  }

  private async liveSession(manager: EntityManager, id: string | null): Promise<Session> {
    const session = id ? await this.sessions.lock(manager, id) : undefined;
    if (!session || session.endedAt || session.expiresAt <= new Date()) throw new SessionExpired();
    return session;
  }
}

const secondsLeft = (session: Session): number => (session.expiresAt.getTime() - Date.now()) / 1000;
