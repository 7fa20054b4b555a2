import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { Client } from '../client';
import { MembershipRepository, type OwnFamily } from '../memberships';
import { AccountDataRepository } from './account-data.repository';

/** What somebody takes along: everything that auth keeps about them (GDPR, articles 15 and 20). */
export interface AccountExport {
  format: 'nself account export';
  version: 1;
  exportedAt: string;
  families: OwnFamily[];
  [part: string]: unknown;
}

/** Hands people their data. */
@Injectable()
export class AccountExports {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly data: AccountDataRepository,
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditTrail,
  ) {}

  async export(actor: Actor, client: Client): Promise<AccountExport> {
    const userId = actor.userId as string;
    return this.tenants.run(contextOf(actor), async manager => {
      const parts = await this.data.collect(manager, userId);
      const families = await this.memberships.ofMyself(manager);
      await this.audit.record(manager, {
        type: 'account.exported',
        familyId: null,
        actorId: userId,
        subjectType: 'user',
        subjectId: userId,
        ...client,
      });
      return {
        format: 'nself account export',
        version: 1,
        exportedAt: new Date().toISOString(),
        ...parts,
        families,
      };
    });
  }
}
