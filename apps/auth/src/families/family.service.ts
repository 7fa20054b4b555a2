import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { Conflict, Forbidden, NotFound, Unauthenticated } from '@nself/kernel';
import { TenantTransaction } from '@nself/tenancy';
import { v7 as uuidV7 } from 'uuid';
import { AnonymousForbidden } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { FamilyDoor, MembershipRepository } from '../memberships';
import { RevocationWriter } from '../revocations';
import { familyAnswer, ownFamilyAnswer, type FamilyAnswer, type OwnFamilyAnswer } from './family';
import { FamilyFounder } from './family-founder';
import type { ChangeFamilyDto, CreateFamilyDto } from './family.dto';
import { FamilyRepository } from './family.repository';

/** Families: founding and seeing. */
@Injectable()
export class FamilyService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly door: FamilyDoor,
    private readonly families: FamilyRepository,
    private readonly founder: FamilyFounder,
    private readonly memberships: MembershipRepository,
  ) {}

  async create(actor: Actor, wish: CreateFamilyDto, client: Client): Promise<FamilyAnswer> {
    const userId = personOf(actor);
    const id = uuidV7();
    return this.tenants.run(contextOfPerson(userId, { familyId: id, role: 'owner' }), async manager => {
      await this.founder.found(manager, { ...wish, id, createdBy: userId }, client);
      const family = await this.families.find(manager, id);
      if (!family) throw new NotFound();
      return familyAnswer(family, 'OWNER');
    });
  }

  /** The families of the actor, oldest membership first; never many, so one page holds them. */
  async list(actor: Actor): Promise<OwnFamilyAnswer[]> {
    const userId = personOf(actor);
    const own = await this.tenants.run(contextOfPerson(userId), manager =>
      this.memberships.ofMyself(manager),
    );
    return own.map(ownFamilyAnswer);
  }

  async get(actor: Actor, id: string): Promise<FamilyAnswer> {
    return this.door.enter(actor, id, 'family.read', async (manager, self) => {
      const family = await this.families.find(manager, id);
      if (!family) throw new NotFound();
      return familyAnswer(family, self.role);
    });
  }
}

/** What only stewards of a family may do with it. */
@Injectable()
export class FamilyStewardship {
  constructor(
    private readonly door: FamilyDoor,
    private readonly families: FamilyRepository,
    private readonly memberships: MembershipRepository,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  async change(actor: Actor, id: string, change: ChangeFamilyDto, client: Client): Promise<FamilyAnswer> {
    return this.door.enter(actor, id, 'family.configure', async (manager, self) => {
      const before = await this.families.find(manager, id);
      const after = await this.families.change(manager, id, change);
      if (!before || !after) throw new NotFound();
      await this.audit.record(manager, {
        type: 'family.changed',
        familyId: id,
        actorId: self.userId,
        subjectType: 'family',
        subjectId: id,
        oldState: { ...before },
        newState: { ...change },
        ...client,
      });
      return familyAnswer(after, self.role);
    });
  }

  /** Makes another active member OWNER and oneself ADMIN. */
  async transfer(actor: Actor, familyId: string, heirId: string, client: Client): Promise<void> {
    const revoked = await this.door.enter(actor, familyId, 'family.transfer', async (manager, self) => {
      const [owner, heir] = await this.memberships.lockBoth(manager, familyId, self.userId, heirId);
      // Of two who were made heirs at once, the second comes too late: the family is not the giver's any more.
      if (owner?.role !== 'OWNER') throw new Forbidden();
      if (!heir || heir.state !== 'active') throw new NotFound();
      if (heir.role === 'DEVICE') throw new Forbidden('A device cannot own a family.');
      if (heir.userId === self.userId) throw new Conflict('You are the owner already.');
      await this.memberships.setRole(manager, familyId, heirId, 'OWNER');
      await this.memberships.setRole(manager, familyId, self.userId, 'ADMIN');
      await this.audit.record(manager, {
        type: 'family.transferred',
        familyId,
        actorId: self.userId,
        subjectType: 'user',
        subjectId: heirId,
        oldState: { owner: self.userId },
        newState: { owner: heirId },
        ...client,
      });
      const reason = 'role changed';
      const forHeir = await this.revocations.record(
        manager,
        { kind: 'member', userId: heirId, familyId },
        reason,
      );
      const forSelf = await this.revocations.record(
        manager,
        { kind: 'member', userId: self.userId, familyId },
        reason,
      );
      return [forHeir, forSelf];
    });
    await this.revocations.announce(...revoked);
  }
}

/** @throws Unauthenticated, AnonymousForbidden, Forbidden for whoever is no person with an account */
export function personOf(actor: Actor): string {
  if (!actor.userId) throw new Unauthenticated();
  if (actor.role === 'anonymous') throw new AnonymousForbidden();
  if (actor.kind !== 'user') throw new Forbidden('Only people do this.');
  return actor.userId;
}
