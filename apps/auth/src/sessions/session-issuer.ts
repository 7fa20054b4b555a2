import { Inject, Injectable } from '@nestjs/common';
import { DeviceNotTrusted, InvalidCredentials } from '@nself/kernel';
import { constraintOf, TenantGroup, type GroupStatement } from '@nself/tenancy';
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
  /** What was shown for a password; the session comes to be only if it still is theirs. */
  passwordHash?: string | null;
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
    const { families, asOf } = await this.familiesOf(account.id);
    const family = chooseFamily(families, opening.familyId);
    if (opening.deviceId && family?.id !== opening.familyId) throw new DeviceNotTrusted();
    const standing = standingIn(family, account);
    const refreshToken = newRefreshToken();
    const ids = { sessionId: uuidV7(), refreshTokenId: uuidV7() };
    const { alongside, deviceId } = opening;
    const statements = [
      this.sessionOf(account, standing, opening, ids.sessionId),
      this.lineOf(account, hashOf(refreshToken), ids),
      ...(opening.notes?.(standing.familyId) ?? []),
    ];
    await this.groups
      .run(
        contextOfPerson(account.id, standing),
        statements,
        alongside && (manager => alongside(manager, ids.sessionId)),
      )
      .catch(refuseChanged);
    const { sessionId } = ids;
    const { token, expiresIn } = await this.signer.sign({
      account,
      family,
      sessionId,
      deviceId,
      elevated: false,
      asOf,
    });
    const view = family ? familyView(family) : null;
    return { ...ids, accessToken: token, expiresIn, refreshToken, account, family: view };
  }

  private async familiesOf(userId: string): Promise<{ families: OwnFamily[]; asOf: Date }> {
    const [[moment] = [], rows = []] = await this.groups.run(contextOfPerson(userId), [
      this.memberships.holdingStanding(userId),
      this.memberships.listOfMyself(),
    ]);
    return { families: rows.map(ownFamilyFrom), asOf: new Date(String(moment)) };
  }

  private sessionOf(
    { id: userId }: Account,
    { familyId, role }: Standing,
    { client, deviceId, mfa = false, present = true, passwordHash }: Opening,
    id: string,
  ): GroupStatement {
    const who = { id, userId, familyId, role, deviceId, client };
    const lifeSeconds = this.settings.sessionSeconds;
    return this.sessions.opening({ ...who, lifeSeconds, mfa, present, passwordHash });
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

/** A session that could not be opened leaves its refresh token without one: the account is another than a moment ago. */
function refuseChanged(error: unknown): never {
  if (constraintOf(error) === 'refresh_tokens_session_id_fkey') throw new InvalidCredentials();
  throw error;
}
