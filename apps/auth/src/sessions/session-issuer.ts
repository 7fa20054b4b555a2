import { Inject, Injectable } from '@nestjs/common';
import { DeviceNotTrusted } from '@nself/kernel';
import { TenantGroup, type GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type { Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson, type Standing } from '../context';
import { familyView, MembershipRepository, ownFamilyFrom, type OwnFamily } from '../memberships';
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
  /** What is written with the session: the audit event of the sign-in. */
  notes?: (familyId: string | null) => GroupStatement[];
  /** Runs in the transaction that opens the session; if it throws there is none. */
  alongside?: (manager: EntityManager, sessionId: string) => Promise<void>;
}

/** Opens sessions and signs their tokens. Every way to sign in ends here. */
@Injectable()
export class SessionIssuer {
  constructor(
    private readonly groups: TenantGroup,
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly memberships: MembershipRepository,
    private readonly signer: TokenSigner,
    @Inject(tokenSettings.token) private readonly settings: TokenSettings,
  ) {}

  /** @throws DeviceNotTrusted for a device that its family no longer has: it is nobody elsewhere */
  async open(account: Account, opening: Opening): Promise<IssuedSession> {
    const family = chooseFamily(await this.familiesOf(account.id), opening.familyId);
    if (opening.deviceId && family?.id !== opening.familyId) throw new DeviceNotTrusted();
    const standing = standingIn(family, account);
    const refreshToken = newRefreshToken();
    const ids = { sessionId: uuidV7(), refreshTokenId: uuidV7() };
    const { alongside, deviceId } = opening;
    await this.groups.run(
      contextOfPerson(account.id, standing),
      [
        this.sessionOf(account, standing, opening, ids.sessionId),
        this.lineOf(account, hashOf(refreshToken), ids),
        ...(opening.notes?.(standing.familyId) ?? []),
      ],
      alongside && (manager => alongside(manager, ids.sessionId)),
    );
    const { sessionId } = ids;
    const { token, expiresIn } = await this.signer.sign({
      account,
      family,
      sessionId,
      deviceId,
      elevated: false,
    });
    const view = family ? familyView(family) : null;
    return { ...ids, accessToken: token, expiresIn, refreshToken, account, family: view };
  }

  private async familiesOf(userId: string): Promise<OwnFamily[]> {
    const [rows = []] = await this.groups.run(contextOfPerson(userId), [this.memberships.listOfMyself()]);
    return rows.map(ownFamilyFrom);
  }

  private sessionOf(
    { id: userId }: Account,
    { familyId, role }: Standing,
    { client, deviceId, mfa = false, present = true }: Opening,
    id: string,
  ): GroupStatement {
    const lifeSeconds = this.settings.sessionSeconds;
    return this.sessions.opening({ id, userId, familyId, role, deviceId, client, lifeSeconds, mfa, present });
  }

  private lineOf(
    { id: userId }: Account,
    hash: string,
    { sessionId, refreshTokenId }: { sessionId: string; refreshTokenId: string },
  ): GroupStatement {
    const { sessionSeconds, refreshTokenSeconds } = this.settings;
    const lifeSeconds = Math.min(refreshTokenSeconds, sessionSeconds);
    return this.refreshTokens.issuing(refreshTokenId, { userId, sessionId, hash, lifeSeconds });
  }
}
