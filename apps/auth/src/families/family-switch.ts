import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { TenantTransaction } from '@nself/tenancy';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { SessionSwitcher, type IssuedSession } from '../sessions';
import { personOf } from './family.service';

/** Lets people speak for another of their families. */
@Injectable()
export class FamilySwitch {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly switcher: SessionSwitcher,
    private readonly audit: AuditTrail,
  ) {}

  /** A token for another of one's families; nobody gets it before the trail has it. @throws NotAMember */
  async to(actor: Actor, familyId: string, client: Client): Promise<IssuedSession> {
    const userId = personOf(actor);
    const issued = await this.switcher.switchTo(actor, familyId);
    await this.tenants.run(contextOfPerson(userId, { familyId, role: 'user' }), manager =>
      this.audit.record(manager, {
        type: 'family.switched',
        familyId,
        actorId: userId,
        subjectType: 'user',
        subjectId: userId,
        ...client,
      }),
    );
    return issued;
  }
}
