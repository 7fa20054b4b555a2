import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { MembershipRepository } from '../memberships';
import { FamilyRepository, type NewFamily } from './family.repository';

/** Founds families: the row, its first OWNER, the audit event. The context must name the new family already. */
@Injectable()
export class FamilyFounder {
  constructor(
    private readonly families: FamilyRepository,
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditTrail,
  ) {}

  async found(manager: EntityManager, family: NewFamily, client: Client): Promise<void> {
    const { id: familyId, createdBy: userId } = family;
    await this.families.insert(manager, family);
    await this.memberships.join(manager, { familyId, userId, role: 'OWNER' });
    await this.audit.record(manager, {
      type: 'family.created',
      familyId,
      actorId: userId,
      subjectType: 'family',
      subjectId: familyId,
      newState: { name: family.name },
      ...client,
    });
  }
}
