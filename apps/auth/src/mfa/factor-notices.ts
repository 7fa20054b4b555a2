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

  async record(
    manager: EntityManager,
    type: 'factor.added' | 'factor.removed',
    account: Account,
    factor: string,
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
  }

  /** Call it after the change is committed. */
  tell({ email, locale, displayName }: Account, what: string): void {
    if (email)
      this.mailer.send({ to: email, locale, template: 'factor-changed', facts: { displayName, what } });
  }
}
