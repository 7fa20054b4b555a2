import { Injectable } from '@nestjs/common';
import { SessionExpired, TokenReused } from '@nself/kernel';
import { TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { familyView } from '../memberships';
import { RevocationWriter, type Revoked } from '../revocations';
import { Bearer, type BearerNow } from './bearer';
import { RefreshLine, type Successor } from './refresh-line';
import { RefreshTokenOwners } from './refresh-token-owners';
import type { IssuedSession, Session } from './session';
import { isElevated, TokenSigner } from './token-signer';

type Exchange = { ended: Revoked } | (Successor & BearerNow & { ended?: undefined; session: Session });

/** Exchanges refresh tokens. */
@Injectable()
export class TokenRefresher {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly owners: RefreshTokenOwners,
    private readonly line: RefreshLine,
    private readonly standing: Bearer,
    private readonly signer: TokenSigner,
    private readonly revocations: RevocationWriter,
  ) {}

  /**
   * Exchanges a refresh token for its successor and a new access token.
   *
   * @param familyId speak for this family from now on, if the person belongs to it
   * @throws SessionExpired, TokenReused, AccountDisabled
   */
  async refresh(token: string, client: Client, familyId?: string): Promise<IssuedSession> {
    const owner = await this.owners.of(token);
    if (owner?.type !== 'regular') throw new SessionExpired();
    const context = { familyId: owner.activeFamilyId, role: 'user' as const };
    const exchange = await this.tenants.run(contextOfPerson(owner.userId, context), manager =>
      this.exchange(manager, { plain: token, sessionId: owner.sessionId }, client, familyId),
    );
    if (exchange.ended) {
      await this.revocations.announce(exchange.ended);
      throw new TokenReused();
    }
    return this.issue(exchange);
  }

  private async exchange(
    manager: EntityManager,
    { plain, sessionId }: { plain: string; sessionId: string | null },
    client: Client,
    familyId?: string,
  ): Promise<Exchange> {
    const { token, session } = await this.line.take(manager, plain, sessionId);
    if (this.line.isReused(token)) return { ended: await this.line.end(manager, session, client) };
    const bearer = await this.standing.of(manager, session, familyId);
    const successor = await this.line.successorOf(manager, token, plain, session);
    return { ...successor, ...bearer, session };
  }

  private async issue(exchange: Exclude<Exchange, { ended: Revoked }>): Promise<IssuedSession> {
    const { account, family, asOf, session, refreshToken, refreshTokenId } = exchange;
    const { token, expiresIn } = await this.signer.sign({
      account,
      family,
      asOf,
      sessionId: session.id,
      elevated: isElevated(session, new Date()),
      deviceId: session.deviceId,
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
}
