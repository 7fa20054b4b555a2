import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import { EmailExists, SignupDisabled } from '@nself/kernel';
import { TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import {
  AccountRepository,
  accountSettings,
  type Account,
  type AccountSettings,
  type NewAccount,
} from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { FamilyFounder } from '../families';
import { InvitationAcceptance, type OpenInvitation } from '../invitations';

/** Somebody who is about to have an account. */
export interface Newcomer {
  account: NewAccount;
  client: Client;
  invitation?: OpenInvitation;
  /** Runs last in the transaction that makes the account. */
  alongside?: (manager: EntityManager, account: Account) => Promise<void>;
}

/** Makes accounts, whatever the way people came; each newcomer has a family from the first moment. */
@Injectable()
export class Newcomers {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly founder: FamilyFounder,
    private readonly acceptance: InvitationAcceptance,
    private readonly audit: AuditTrail,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** @throws SignupDisabled where accounts are made by invitation only */
  assertOpen(): void {
    if (this.settings.signupDisabled) throw new SignupDisabled();
  }

  /** @throws EmailExists when the address or number has an account, SignupDisabled without an invitation */
  async welcome({ account, client, invitation, alongside }: Newcomer): Promise<Account> {
    if (!invitation) this.assertOpen();
    const userId = account.id ?? uuidV7();
    const familyId = invitation?.familyId ?? this.familyFor(account);
    return this.tenants.run(contextOfPerson(userId, { familyId, role: 'user' }), async manager => {
      const made = await this.accounts.insert(manager, { ...account, id: userId });
      if (!made) throw new EmailExists();
      await this.settle(manager, made, familyId, invitation, client);
      await alongside?.(manager, made);
      return made;
    });
  }

  /**
   * Gives somebody who was anonymous until now a family as well, in the transaction of what makes them somebody.
   *
   * @throws SignupDisabled
   */
  async settleFormerVisitor(
    userId: string,
    client: Client,
    become: (manager: EntityManager) => Promise<Account>,
  ): Promise<void> {
    this.assertOpen();
    const familyId = this.familyFor({ isAnonymous: false });
    await this.tenants.run(contextOfPerson(userId, { familyId, role: 'user' }), async manager => {
      const account = await become(manager);
      await this.audit.record(manager, {
        type: 'account.changed',
        familyId,
        actorId: userId,
        subjectType: 'user',
        subjectId: userId,
        newState: { changed: 'anonymous' },
        ...client,
      });
      if (familyId) await this.found(manager, account, familyId, client);
    });
  }

  private familyFor({ isAnonymous }: Pick<NewAccount, 'isAnonymous'>): string | null {
    return this.settings.signupCreatesFamily && !isAnonymous ? uuidV7() : null;
  }

  private async settle(
    manager: EntityManager,
    account: Account,
    familyId: string | null,
    invitation: OpenInvitation | undefined,
    client: Client,
  ): Promise<void> {
    await this.audit.record(manager, {
      type: 'account.created',
      familyId,
      actorId: account.id,
      subjectType: 'user',
      subjectId: account.id,
      newState: { anonymous: account.isAnonymous, invited: invitation !== undefined },
      ...client,
    });
    if (invitation) await this.acceptance.enter(manager, invitation, account.id, client);
    else if (familyId) await this.found(manager, account, familyId, client);
  }

  private async found(manager: EntityManager, account: Account, id: string, client: Client): Promise<void> {
    const { id: createdBy, locale } = account;
    await this.founder.found(manager, { id, name: familyNameOf(account), createdBy, locale }, client);
  }
}

const NAMES: Readonly<Record<string, (name: string) => string>> = {
  en: name => `Family of ${name}`,
  de: name => `Familie von ${name}`,
  ar: name => `عائلة ${name}`,
};

function familyNameOf({ displayName, email, locale }: Account): string {
  const name = displayName || email?.split('@')[0] || '';
  const named = NAMES[locale] ?? (NAMES['en'] as (name: string) => string);
  return named(name).trim();
}
