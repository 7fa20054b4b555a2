import { Injectable } from '@nestjs/common';
import { InvalidCredentials } from '@nself/kernel';
import { anonymousContext, TenantGroup, TenantTransaction } from '@nself/tenancy';
import { accountFrom, AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { SignInGate, type SignInOutcome } from '../gate';
import { Attempts } from '../limits';
import { PasswordHasher } from '../passwords';

/**
 * Signs in with e-mail and password. An unknown address takes the same steps as a known one, hashing and audit
 * included, and is answered in the same words.
 */
@Injectable()
export class SignInService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly groups: TenantGroup,
    private readonly accounts: AccountRepository,
    private readonly hasher: PasswordHasher,
    private readonly attempts: Attempts,
    private readonly gate: SignInGate,
  ) {}

  /** @throws InvalidCredentials, RateLimited, AccountDisabled, EmailUnverified */
  async signIn(email: string, password: string, client: Client): Promise<SignInOutcome> {
    await this.attempts.assertOpen(email, client.ip);
    const account = await this.find(email);
    const { matches, outdated } = await this.hasher.compare(account?.passwordHash ?? null, password);
    if (!account || !matches) {
      await this.attempts.failed(email, client.ip);
      await this.gate.refused(email, account, 'password', client);
      throw new InvalidCredentials();
    }
    await this.attempts.passed(email);
    const passwordHash = outdated ? await this.rehash(account, password) : account.passwordHash;
    // It was renewed or changed a moment ago: what is there now decides.
    if (passwordHash === undefined) return this.signIn(email, password, client);
    return this.gate.pass({ ...account, passwordHash }, { method: 'password', client });
  }

  private async find(email: string): Promise<Account | undefined> {
    const [rows = []] = await this.groups.run(anonymousContext(), [this.accounts.lookUp(email)]);
    return accountFrom(rows[0]);
  }

  /** Now that the password is known, it is kept with today's parameters; nothing when another is kept by now. */
  private async rehash({ id, passwordHash: old }: Account, password: string): Promise<string | undefined> {
    const next = await this.hasher.hash(password);
    const renewed = await this.tenants.run(contextOfPerson(id), manager =>
      this.accounts.renewHash(manager, id, { old: old ?? '', next }),
    );
    return renewed ? next : undefined;
  }
}
