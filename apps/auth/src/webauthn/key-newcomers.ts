import { Injectable } from '@nestjs/common';
import { EmailExists } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, NewcomerPolicy, type Account, type Wishes } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { Newcomers } from '../sign-up';
import { SecurityKeyRepository, type NewSecurityKey } from './security-key.repository';

interface KeyNewcomer {
  userId: string;
  email: string;
  wishes: Wishes;
  key: NewSecurityKey;
  client: Client;
}

/** Makes accounts that begin with a key. */
@Injectable()
export class KeyNewcomers {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly policy: NewcomerPolicy,
    private readonly newcomers: Newcomers,
    private readonly keys: SecurityKeyRepository,
  ) {}

  /** @throws EmailExists, EmailNotAllowed, RoleNotAllowed */
  async assertNew(email: string, wishes: Wishes): Promise<void> {
    this.policy.admit(email);
    this.policy.shape(wishes);
    const known = await this.tenants.run(anonymousContext(), manager =>
      this.accounts.byEmail(manager, email),
    );
    if (known) throw new EmailExists();
  }

  async welcome({ userId, email, wishes, key, client }: KeyNewcomer): Promise<Account> {
    const shape = this.policy.shape(wishes, email.split('@')[0]);
    const account = await this.newcomers.welcome({ account: { ...shape, id: userId, email }, client });
    await this.tenants.run(contextOfPerson(userId), manager => this.keys.insert(manager, key));
    return account;
  }
}
