import { Injectable } from '@nestjs/common';
import { EmailExists } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, NewcomerPolicy, type Account, type Wishes } from '../accounts';
import type { Client } from '../client';
import { Newcomers, type Newcomer } from '../sign-up';
import { SecurityKeyRepository, type NewSecurityKey } from './security-key.repository';
import { KeyRefused } from './webauthn.errors';

interface KeyNewcomer {
  userId: string;
  email: string;
  wishes: Wishes;
  key: NewSecurityKey;
  client: Client;
  /** Runs last in the transaction that makes the account. */
  alongside?: Newcomer['alongside'];
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

  /** @throws SignupDisabled, EmailExists, EmailNotAllowed, RoleNotAllowed */
  async assertNew(email: string, wishes: Wishes): Promise<void> {
    this.newcomers.assertOpen();
    this.policy.admit(email);
    this.policy.shape(wishes);
    const known = await this.tenants.run(anonymousContext(), manager =>
      this.accounts.byEmail(manager, email),
    );
    if (known) throw new EmailExists();
  }

  /** No account without its key: one that somebody else has registered makes none. @throws KeyRefused, EmailExists */
  async welcome({ userId, email, wishes, key, client, alongside }: KeyNewcomer): Promise<Account> {
    const shape = this.policy.shape(wishes, email.split('@')[0]);
    return this.newcomers.welcome({
      account: { ...shape, id: userId, email },
      client,
      alongside: async (manager, account) => {
        if (!(await this.keys.insert(manager, key))) throw new KeyRefused();
        await alongside?.(manager, account);
      },
    });
  }
}
