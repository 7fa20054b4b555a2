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

/** Finds or makes the account behind a phone number. */
@Injectable()
export class PhonePeople {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly policy: NewcomerPolicy,
    private readonly newcomers: Newcomers,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  async welcome(phoneNumber: string, wishes: Wishes, client: Client): Promise<Account> {
    const account = { ...this.policy.shape(wishes, phoneNumber), phoneNumber };
    return this.newcomers.welcome({ account, client });
  }

  async find(phoneNumber: string, wishes: Wishes, client: Client): Promise<Account | undefined> {
    this.policy.shape(wishes);
    const known = await this.byPhone(phoneNumber);
    if (known || this.settings.autoSignupDisabled || this.settings.signupDisabled) return known;
    try {
      return await this.welcome(phoneNumber, wishes, client);
    } catch (error) {
      if (error instanceof EmailExists) return this.byPhone(phoneNumber);
      throw error;
    }
  }

  private async byPhone(phoneNumber: string): Promise<Account | undefined> {
    return this.tenants.run(anonymousContext(), manager => this.accounts.byPhone(manager, phoneNumber));
  }
}
