import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts';
import type { Client } from '../client';
import { Mailer } from '../mail';

/** Tells the trail and the owner that a way to sign in was added or removed. */
@Injectable()
export class FactorNotices {
  constructor(
    private readonly audit: AuditTrail,
    private readonly mailer: Mailer,
  ) {}

  /** `what` is how the mail names it, in a word and a sign. */
  async tell(
    manager: EntityManager,
    type: 'factor.added' | 'factor.removed',
    account: Account,
    { factor, what }: { factor: string; what: string },
    client: Client,
  ): Promise<void> {
    await this.audit.record(manager, {
      type,
      familyId: null,
      actorId: account.id,
      subjectType: 'user',
      subjectId: account.id,
      newState: { factor },
      ...client,
    });
    const { email: to, locale, displayName } = account;
    if (!to) return;
    await this.mailer.post(manager, { to, locale, template: 'factor-changed', facts: { displayName, what } });
  }
}
