import { Inject, Injectable } from '@nestjs/common';
import { EmailExists } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import {
  AccountRepository,
  accountSettings,
  NewcomerPolicy,
  type Account,
  type AccountSettings,
  type Wishes,
} from '../accounts';
import type { Client } from '../client';
import { Newcomers } from '../sign-up';

/** Somebody who wants to come in by mail. */
export interface MailboxEntry {
  email: string;
  wishes: Wishes;
  redirectTo?: string;
  codeChallenge?: string;
  client: Client;
  /** On the sign-up routes: an address with an account is a refusal there. */
  mustBeNew: boolean;
}

/** Finds or makes the account behind a mailbox. */
@Injectable()
export class MailboxPeople {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly policy: NewcomerPolicy,
    private readonly newcomers: Newcomers,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** Refuses wishes that cannot be granted, before it matters whether the address is known. */
  check({ email, wishes }: MailboxEntry): void {
    this.policy.admit(email);
    this.policy.shape(wishes);
  }

  /** @throws EmailExists, SignupDisabled */
  async welcome({ email, wishes, client }: MailboxEntry): Promise<Account> {
    const account = { ...this.policy.shape(wishes, email.split('@')[0]), email };
    return this.newcomers.welcome({ account, client });
  }

  /** The account of the mailbox, made now if it may be; nothing when it may not. */
  async find(entry: MailboxEntry): Promise<Account | undefined> {
    const known = await this.byEmail(entry.email);
    if (known || this.settings.autoSignupDisabled || this.settings.signupDisabled) return known;
    try {
      return await this.welcome(entry);
    } catch (error) {
      if (error instanceof EmailExists) return this.byEmail(entry.email);
      throw error;
    }
  }

  private async byEmail(email: string): Promise<Account | undefined> {
    return this.tenants.run(anonymousContext(), manager => this.accounts.byEmail(manager, email));
  }
}
