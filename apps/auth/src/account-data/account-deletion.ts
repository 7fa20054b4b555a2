import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { LastOwner, Unauthenticated } from '@nself/kernel';
import { constraintOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { Mailer } from '../mail';
import type { OwnFamily } from '../memberships';
import { RevocationWriter, type Revoked } from '../revocations';
import { FamilyFarewell } from './family-farewell';

/**
 * Deletes an account. Families of one go with it; in others the person becomes a former member, and as their last
 * owner must hand them over first. What they wrote in a family belongs to the family.
 */
@Injectable()
export class AccountDeletion {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly farewell: FamilyFarewell,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
    private readonly mailer: Mailer,
  ) {}

  /** @throws LastOwner */
  async delete(actor: Actor, client: Client): Promise<void> {
    const userId = actor.userId as string;
    await this.leaveFamilies(actor, userId, client);
    const revoked = await this.tenants.run(contextOfPerson(userId), async manager => {
      const found = await this.accounts.byId(manager, userId);
      if (!found) throw new Unauthenticated();
      const event = { familyId: null, actorId: userId, subjectType: 'user', subjectId: userId, ...client };
      await this.audit.record(manager, { type: 'account.deleted', ...event });
      const ended: Revoked = await this.revocations.record(
        manager,
        { kind: 'user', userId },
        'account deleted',
      );
      await this.accounts.delete(manager, userId);
      await this.tell(manager, found);
      return ended;
    });
    await this.revocations.announce(revoked);
  }

  /** All are asked before the first is left: should one refuse to let its last owner go, nothing is lost yet. */
  private async leaveFamilies(actor: Actor, userId: string, client: Client): Promise<void> {
    const [own, shared]: [OwnFamily[], OwnFamily[]] = [[], []];
    for (const family of await this.farewell.familiesOf(actor))
      ((await this.farewell.isAlone(userId, family)) ? own : shared).push(family);
    for (const family of shared)
      if (await this.farewell.isLastOwner(userId, family)) throw lastOwnerOf(family);
    for (const family of shared) await this.leave(userId, family, client);
    for (const family of own)
      await this.revocations.announce(...(await this.farewell.close(userId, family, client)));
  }

  /** The database has the last word: two owners may leave at once. */
  private async leave(userId: string, family: OwnFamily, client: Client): Promise<void> {
    try {
      await this.farewell.leave(userId, family, client);
    } catch (error) {
      if (constraintOf(error) === 'family_keeps_an_owner') throw lastOwnerOf(family);
      throw error;
    }
  }

  private async tell(manager: EntityManager, { email: to, locale, displayName }: Account): Promise<void> {
    if (!to) return;
    await this.mailer.post(manager, { to, locale, template: 'account-deletion', facts: { displayName } });
  }
}

const lastOwnerOf = ({ name }: OwnFamily): LastOwner => new LastOwner(`Hand ${name} over first.`);
