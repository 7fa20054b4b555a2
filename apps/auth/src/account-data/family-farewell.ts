import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import { hasuraRoleOf, type Actor } from '@nself/identity';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { contextOfPerson, type Standing } from '../context';
import { MembershipRepository, type OwnFamily } from '../memberships';
import { RevocationWriter, type Revoked } from '../revocations';
import { AccountDataRepository } from './account-data.repository';

/** Speaks to the families of somebody who goes. */
@Injectable()
export class FamilyFarewell {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly data: AccountDataRepository,
    private readonly memberships: MembershipRepository,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  async familiesOf(actor: Actor): Promise<OwnFamily[]> {
    return this.tenants.run(contextOf(actor), manager => this.memberships.ofMyself(manager));
  }

  /** Does the family hold nobody but this person? */
  async isAlone(userId: string, family: OwnFamily): Promise<boolean> {
    const context = contextOfPerson(userId, standingIn(family));
    return (await this.tenants.run(context, manager => this.data.othersIn(manager, family.id, userId))) === 0;
  }

  /** Would the family be without an owner? */
  async isLastOwner(userId: string, family: OwnFamily): Promise<boolean> {
    if (family.role !== 'OWNER' || family.state !== 'active') return false;
    const context = contextOfPerson(userId, standingIn(family));
    const count = this.tenants.run(context, manager => this.data.otherOwnersIn(manager, family.id, userId));
    return (await count) === 0;
  }

  /** Becomes a former member. The database refuses it to the last owner. */
  async leave(userId: string, family: OwnFamily, client: Client): Promise<void> {
    await this.tenants.run(contextOfPerson(userId, standingIn(family)), async manager => {
      await this.memberships.setState(manager, family.id, userId, 'inactive');
      await this.audit.record(manager, {
        type: 'member.left',
        familyId: family.id,
        actorId: userId,
        subjectType: 'user',
        subjectId: userId,
        ...client,
      });
    });
  }

  /** Deletes a family of one with all that it holds; what its devices had is revoked. */
  async close(userId: string, family: OwnFamily, client: Client): Promise<Revoked[]> {
    return this.tenants.run(contextOfPerson(userId, standingIn(family)), async manager => {
      await this.audit.record(manager, {
        type: 'family.deleted',
        familyId: family.id,
        actorId: userId,
        subjectType: 'family',
        subjectId: family.id,
        ...client,
      });
      const revoked = await this.revokeDevices(manager, family.id);
      await this.data.deleteFamily(manager, family.id);
      return revoked;
    });
  }

  private async revokeDevices(manager: EntityManager, familyId: string): Promise<Revoked[]> {
    const revoked: Revoked[] = [];
    for (const userId of await this.data.deleteDevices(manager, familyId))
      revoked.push(await this.revocations.record(manager, { kind: 'user', userId }, 'family deleted'));
    return revoked;
  }
}

const standingIn = ({ id, role }: OwnFamily): Standing => ({ familyId: id, role: hasuraRoleOf(role) });
