import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import { TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { Mailer } from '../mail';
import { RevocationWriter, type Revoked } from '../revocations';
import { SessionKeeper } from '../sessions';

/** A new password on its way in. */
export interface PasswordSetting {
  account: Account;
  passwordHash: string;
  client: Client;
  /** The session that goes on, with its next refresh. */
  keepSession?: string;
  /** Runs first in the same transaction; what it revokes is announced with the rest. */
  before?: (manager: EntityManager) => Promise<Revoked[]>;
}

/**
 * Sets a password with all that follows from it: every access token from before is refused within a second, other
 * sessions end, the trail and the owner are told.
 */
@Injectable()
export class PasswordSetter {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionKeeper,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
    private readonly mailer: Mailer,
  ) {}

  async set(setting: PasswordSetting): Promise<void> {
    const { account } = setting;
    const revoked = await this.tenants.run(contextOfPerson(account.id), manager =>
      this.write(manager, setting),
    );
    await this.revocations.announce(...revoked);
  }

  private async write(manager: EntityManager, setting: PasswordSetting): Promise<Revoked[]> {
    const { account, passwordHash, client, keepSession, before } = setting;
    const first = (await before?.(manager)) ?? [];
    await this.accounts.change(manager, account.id, { passwordHash });
    await this.audit.record(manager, {
      type: 'password.changed',
      familyId: null,
      actorId: account.id,
      subjectType: 'user',
      subjectId: account.id,
      ...client,
    });
    const ended = await this.sessions.endAll(manager, account.id, 'password_changed', client, keepSession);
    const all = await this.revocations.record(
      manager,
      { kind: 'user', userId: account.id },
      'password changed',
    );
    await this.tell(manager, account);
    return [...first, ...ended, all];
  }

  private async tell(manager: EntityManager, { email: to, locale, displayName }: Account): Promise<void> {
    if (!to) return;
    await this.mailer.post(manager, { to, locale, template: 'password-changed', facts: { displayName } });
  }
}
