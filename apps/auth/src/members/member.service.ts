import { Injectable } from '@nestjs/common';
import { AuditTrail, type AuditType } from '@nself/audit';
import type { Actor, MemberRole } from '@nself/identity';
import { Forbidden, LastOwner, NotFound } from '@nself/kernel';
import { constraintOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { FamilyDoor, MembershipRepository, type Membership } from '../memberships';
import { mayDo, mayGrant, mayTouch } from '../rbac';
import { RevocationWriter, type Revoked } from '../revocations';
import type { ChangeMemberDto } from './member.dto';

/** A change that is about to happen to a member, with what the trail will say of it. */
interface MemberChange {
  type: AuditType;
  member: Membership;
  self: Membership;
  after: { role?: MemberRole; state?: string };
  client: Client;
}

/**
 * Changes who somebody is to a family. Whatever changes, tokens that were issued before are refused within a second,
 * so that nobody keeps a right that was taken.
 */
@Injectable()
export class MemberService {
  constructor(
    private readonly door: FamilyDoor,
    private readonly memberships: MembershipRepository,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  async change(
    actor: Actor,
    familyId: string,
    userId: string,
    wish: ChangeMemberDto,
    client: Client,
  ): Promise<Membership> {
    const revoked: Revoked[] = [];
    const changed = await keepingAnOwner(() =>
      this.door.enter(actor, familyId, 'members.change-state', async (manager, self) => {
        const member = await this.touchable(manager, familyId, userId, self);
        const role = wish.role ?? member.role;
        const state = wish.state ?? member.state;
        if (role !== member.role) revoked.push(await this.setRole(manager, self, member, role, client));
        if (state !== member.state)
          revoked.push(await this.setState(manager, self, { ...member, role }, state, client));
        return { ...member, role, state };
      }),
    );
    await this.revocations.announce(...revoked);
    return changed;
  }

  async remove(actor: Actor, familyId: string, userId: string, client: Client): Promise<void> {
    if (userId === actor.userId) return this.leave(actor, familyId, client);
    const revoked = await keepingAnOwner(() =>
      this.door.enter(actor, familyId, 'members.remove', async (manager, self) => {
        const member = await this.touchable(manager, familyId, userId, self);
        await this.memberships.setState(manager, familyId, userId, 'inactive');
        return this.note(manager, {
          type: 'member.removed',
          member,
          self,
          after: { state: 'inactive' },
          client,
        });
      }),
    );
    await this.revocations.announce(revoked);
  }

  /** @throws LastOwner for the only OWNER, who must hand over first */
  async leave(actor: Actor, familyId: string, client: Client): Promise<void> {
    const revoked = await keepingAnOwner(() =>
      this.door.enter(actor, familyId, 'family.leave', async (manager, self) => {
        await this.memberships.lock(manager, familyId, self.userId);
        await this.memberships.setState(manager, familyId, self.userId, 'inactive');
        return this.note(manager, {
          type: 'member.left',
          member: self,
          self,
          after: { state: 'inactive' },
          client,
        });
      }),
    );
    await this.revocations.announce(revoked);
  }

  private async touchable(
    manager: EntityManager,
    familyId: string,
    userId: string,
    self: Membership,
  ): Promise<Membership> {
    const member = await this.memberships.lock(manager, familyId, userId);
    if (!member) throw new NotFound();
    if (member.role === 'DEVICE') throw new Forbidden('A device is no person; it is revoked as a device.');
    if (!mayTouch(self.role, member.role)) throw new Forbidden('Only an owner may touch an owner.');
    return member;
  }

  private async setRole(
    manager: EntityManager,
    self: Membership,
    member: Membership,
    role: MemberRole,
    client: Client,
  ): Promise<Revoked> {
    if (!mayDo(self.role, 'members.change-role') || !mayGrant(self.role, role)) throw new Forbidden();
    await this.memberships.setRole(manager, member.familyId, member.userId, role);
    return this.note(manager, { type: 'member.role_changed', member, self, after: { role }, client });
  }

  private async setState(
    manager: EntityManager,
    self: Membership,
    member: Membership,
    state: Membership['state'],
    client: Client,
  ): Promise<Revoked> {
    if (member.userId === self.userId) throw new Forbidden('Nobody suspends themselves.');
    await this.memberships.setState(manager, member.familyId, member.userId, state);
    return this.note(manager, { type: 'member.state_changed', member, self, after: { state }, client });
  }

  private async note(
    manager: EntityManager,
    { type, member, self, after, client }: MemberChange,
  ): Promise<Revoked> {
    const { familyId, userId, role, state } = member;
    await this.audit.record(manager, {
      type,
      familyId,
      actorId: self.userId,
      subjectType: 'user',
      subjectId: userId,
      oldState: { role, state },
      newState: { role, state, ...after },
      ...client,
    });
    return this.revocations.record(manager, { kind: 'member', userId, familyId }, type);
  }
}

/** The database itself refuses a family without an owner; here its refusal gets a name. */
async function keepingAnOwner<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (constraintOf(error) === 'family_keeps_an_owner') throw new LastOwner();
    throw error;
  }
}
