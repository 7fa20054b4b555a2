import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { NotFound } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import type { Membership } from '../memberships';
import { RevocationWriter, type Revoked } from '../revocations';
import { RefreshTokenOwners } from './refresh-token-owners';
import { sessionView, type SessionView } from './session';
import { SessionRepository } from './session.repository';

/** Shows sessions and ends them. What ends is refused everywhere within a second. */
@Injectable()
export class SessionKeeper {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly owners: RefreshTokenOwners,
    private readonly sessions: SessionRepository,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  async list(actor: Actor): Promise<SessionView[]> {
    const found = await this.tenants.run(contextOf(actor), manager =>
      this.sessions.listLive(manager, actor.userId as string),
    );
    return found.map(session => sessionView(session, actor.sessionId));
  }

  /** Ends the session of the token, or all sessions of its owner. */
  async logout(actor: Actor, all: boolean, client: Client): Promise<void> {
    const userId = actor.userId as string;
    const revoked = await this.tenants.run(contextOf(actor), async manager =>
      all
        ? this.endAll(manager, userId, 'logout', client)
        : this.endOne(manager, actor.sessionId as string, 'logout', client),
    );
    await this.revocations.announce(...revoked);
  }

  /** Ends the session that a refresh token belongs to; a token nobody knows ends nothing, and the answer is false. */
  async logoutByRefreshToken(token: string, client: Client): Promise<boolean> {
    const owner = await this.owners.of(token);
    const sessionId = owner?.sessionId;
    if (!sessionId) return false;
    const revoked = await this.tenants.run(
      contextOfPerson(owner.userId, { familyId: owner.activeFamilyId, role: 'user' }),
      manager => this.endOne(manager, sessionId, 'logout', client),
    );
    await this.revocations.announce(...revoked);
    return true;
  }

  /** Ends one of the actor's own sessions. @throws NotFound for anybody else's */
  async endOwn(actor: Actor, sessionId: string, client: Client): Promise<void> {
    const revoked = await this.tenants.run(contextOf(actor), async manager => {
      const session = await this.sessions.find(manager, sessionId);
      if (!session || session.userId !== actor.userId || session.endedAt) throw new NotFound();
      return this.endOne(manager, sessionId, 'ended_by_owner', client);
    });
    await this.revocations.announce(...revoked);
  }

  /** Ends every session of a person, but the one given; for password changes and the like. */
  async endAll(
    manager: EntityManager,
    userId: string,
    reason: string,
    client: Client,
    exceptId?: string,
  ): Promise<Revoked[]> {
    const ended = await this.sessions.endAll(manager, userId, reason, exceptId);
    await this.trace(manager, { userId, familyId: null }, ended, reason, client);
    const revoked: Revoked[] = [];
    for (const sessionId of ended) {
      revoked.push(await this.revocations.record(manager, { kind: 'session', sessionId, userId }, reason));
    }
    return revoked;
  }

  /** Ends one session: the trail says that its owner did, or who else and in which family. */
  async endOne(
    manager: EntityManager,
    sessionId: string,
    reason: string,
    client: Client,
    steward?: Membership,
  ): Promise<Revoked[]> {
    const session = await this.sessions.end(manager, sessionId, reason);
    if (!session) return [];
    const by = steward ?? { userId: session.userId, familyId: null };
    await this.trace(manager, by, [sessionId], reason, client);
    return [
      await this.revocations.record(manager, { kind: 'session', sessionId, userId: session.userId }, reason),
    ];
  }

  private async trace(
    manager: EntityManager,
    { userId: actorId, familyId }: { userId: string; familyId: string | null },
    ids: string[],
    reason: string,
    client: Client,
  ): Promise<void> {
    for (const subjectId of ids) {
      await this.audit.record(manager, {
        type: 'session.ended',
        familyId,
        actorId,
        subjectType: 'session',
        subjectId,
        newState: { reason },
        ...client,
      });
    }
  }
}
