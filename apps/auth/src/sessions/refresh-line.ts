/**
 * A refresh token is good once: it is exchanged for its successor. Three things can then happen to the old one.
 *
 * Within the grace (10 s) it gives the same successor again. Tabs that wake up together, a phone whose answer was lost
 * in a tunnel, twenty parallel requests: all of them end up on one line and nobody is signed out. The successor is
 * kept sealed under the old token, so the database alone cannot give it away.
 *
 * After the grace it is a copy in the wrong hands, or a client that restored an old backup; which of the two holds the
 * newest token cannot be known. The whole line ends, its access tokens are revoked, and the event is audited.
 *
 * When the session was ended on purpose, it is simply over.
 */
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import { Clock, SessionExpired } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { RevocationWriter, type Revoked } from '../revocations';
import { tokenSettings, type TokenSettings } from '../tokens';
import { hashOf, newRefreshToken, openSuccessor, sealSuccessor } from './refresh-token';
import { RefreshTokenRepository, type StoredRefreshToken } from './refresh-token.repository';
import type { Session } from './session';
import { SessionRepository } from './session.repository';

export interface Successor {
  refreshToken: string;
  refreshTokenId: string;
}

/** What becomes of a refresh token that comes back. */
@Injectable()
export class RefreshLine {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    @Inject(tokenSettings.token) private readonly settings: TokenSettings,
  ) {}

  /**
   * Finds and locks a token that may be exchanged, with its session. The session comes first, as it does where sessions
   * end: otherwise a refresh and a sign-out would each hold what the other waits for.
   *
   * @throws SessionExpired
   */
  async take(
    manager: EntityManager,
    plain: string,
    sessionId: string | null,
  ): Promise<{ token: StoredRefreshToken; session: Session }> {
    const session = sessionId ? await this.sessions.lock(manager, sessionId) : undefined;
    const token = await this.refreshTokens.lock(manager, hashOf(plain));
    const over = !session || session.endedAt !== null || session.expiresAt <= this.clock.now();
    if (!token || over || token.revokedAt || token.expired) throw new SessionExpired();
    return { token, session };
  }

  isReused(token: StoredRefreshToken): boolean {
    return token.rotatedAgo !== null && token.rotatedAgo > this.settings.refreshGraceSeconds;
  }

  /** The successor of a token: the one it already has, or a new one. */
  async successorOf(
    manager: EntityManager,
    token: StoredRefreshToken,
    plain: string,
    session: Session,
  ): Promise<Successor> {
    if (token.successorId && token.successorSealed) {
      return {
        refreshToken: openSuccessor(token.successorSealed, plain, token.id),
        refreshTokenId: token.successorId,
      };
    }
    const refreshToken = newRefreshToken();
    const left = (session.expiresAt.getTime() - this.clock.now().getTime()) / 1000;
    const refreshTokenId = await this.refreshTokens.insert(manager, {
      userId: token.userId,
      sessionId: session.id,
      hash: hashOf(refreshToken),
      lifeSeconds: Math.min(this.settings.refreshTokenSeconds, left),
    });
    await this.refreshTokens.markRotated(
      manager,
      token.id,
      refreshTokenId,
      sealSuccessor(refreshToken, plain, token.id),
    );
    return { refreshToken, refreshTokenId };
  }

  /** Ends the whole line of a token that came back after its grace. */
  async end(manager: EntityManager, session: Session, client: Client): Promise<Revoked> {
    await this.sessions.end(manager, session.id, 'token_reused');
    await this.audit.record(manager, {
      type: 'token.reused',
      familyId: session.activeFamilyId,
      actorId: session.userId,
      subjectType: 'session',
      subjectId: session.id,
      ...client,
    });
    return this.revocations.record(
      manager,
      { kind: 'session', sessionId: session.id, userId: session.userId },
      'refresh token used again after its grace',
    );
  }
}
