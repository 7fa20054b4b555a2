import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { Forbidden, NotFound } from '@nself/kernel';
import type { Client } from '../client';
import { FamilyDoor, MembershipRepository } from '../memberships';
import { mayTouch } from '../rbac';
import { RevocationWriter } from '../revocations';
import { sessionView, type SessionView } from './session';
import { SessionKeeper } from './session-keeper';
import { SessionRepository } from './session.repository';

/** A session that speaks for a family, and whose it is. */
export type FamilySessionView = SessionView & { userId: string };

/** Sessions that speak for a family, as its stewards see and end them. */
@Injectable()
export class FamilySessions {
  constructor(
    private readonly door: FamilyDoor,
    private readonly sessions: SessionRepository,
    private readonly memberships: MembershipRepository,
    private readonly keeper: SessionKeeper,
    private readonly revocations: RevocationWriter,
  ) {}

  async list(actor: Actor, familyId: string): Promise<FamilySessionView[]> {
    const found = await this.door.enter(actor, familyId, 'sessions.manage', manager =>
      this.sessions.listOfFamily(manager, familyId),
    );
    return found.map(session => ({ ...sessionView(session, actor.sessionId), userId: session.userId }));
  }

  /** @throws NotFound, and Forbidden for the session of an owner when one is none */
  async end(actor: Actor, familyId: string, sessionId: string, client: Client): Promise<void> {
    const revoked = await this.door.enter(actor, familyId, 'sessions.manage', async (manager, self) => {
      const session = await this.sessions.find(manager, sessionId);
      if (!session || session.activeFamilyId !== familyId || session.endedAt) throw new NotFound();
      const member = await this.memberships.find(manager, familyId, session.userId);
      if (member && !mayTouch(self.role, member.role))
        throw new Forbidden('Only an owner may touch an owner.');
      return this.keeper.endOne(manager, sessionId, 'ended_by_admin', client, self);
    });
    await this.revocations.announce(...revoked);
  }
}
