import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { Forbidden, NotFound } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { mayDo, type FamilyAction } from '../rbac';
import type { Membership } from './membership';
import { MembershipRepository } from './membership.repository';

/**
 * Opens a transaction in a family for somebody who may do something there.
 *
 * The token names the family and the role, but the row decides: a role that was taken away a moment ago no longer
 * counts. Another family than the token's is answered as if it did not exist.
 */
@Injectable()
export class FamilyDoor {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly memberships: MembershipRepository,
  ) {}

  async enter<T>(
    actor: Actor,
    familyId: string,
    action: FamilyAction,
    work: (manager: EntityManager, self: Membership) => Promise<T>,
  ): Promise<T> {
    const { userId } = actor;
    if (!userId || actor.familyId !== familyId) throw new NotFound();
    return this.tenants.run(contextOf(actor), async manager => {
      const self = await this.memberships.find(manager, familyId, userId);
      if (!self || self.state !== 'active') throw new NotFound();
      if (!mayDo(self.role, action)) throw new Forbidden();
      return work(manager, self);
    });
  }
}
