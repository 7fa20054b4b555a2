/**
 * Whose account is it? Three ways lead from a provider's profile to an account of ours, and no other:
 *
 * 1. The profile is joined to an account already: that one.
 * 2. Somebody who is signed in asked to join it: theirs, unless it is another's.
 * 3. Nobody knows it. If its address has an account here, the two are joined only when the provider vouches for the
 *    address AND our account has proven it too. If either side took an address on somebody's word, joining would
 *    hand an account to whoever said it first. Otherwise a new account is made, if the route may.
 */
import { Inject, Injectable } from '@nestjs/common';
import { EmailExists } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import {
  AccountRepository,
  accountSettings,
  AnonymousForbidden,
  NewcomerPolicy,
  type Account,
  type AccountSettings,
} from '../accounts';
import { contextOfPerson } from '../context';
import { Newcomers } from '../sign-up';
import { IdentityBook, type Newly } from './identity-book';
import { EmailTaken, NoAccountYet, ProviderAccountTaken, UserAlreadyExists } from './oauth.errors';
import type { ProviderProfile } from './provider';

@Injectable()
export class Linker {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly book: IdentityBook,
    private readonly policy: NewcomerPolicy,
    private readonly newcomers: Newcomers,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** The account behind a profile. @throws EmailTaken, UserAlreadyExists, NoAccountYet, EmailNotAllowed */
  async accountFor(arrival: Newly): Promise<Account> {
    const account = await this.existing(arrival);
    if (account) return account;
    if (this.settings.autoSignupDisabled && !arrival.mustBeNew)
      throw new NoAccountYet('Please sign up first.');
    return this.welcome(arrival);
  }

  private async existing(arrival: Newly): Promise<Account | undefined> {
    const { known, namesake } = await this.tenants.run(anonymousContext(), manager =>
      this.lookUp(manager, arrival),
    );
    const account = known ?? this.joinable(arrival.profile, namesake);
    if (account && arrival.mustBeNew)
      throw new UserAlreadyExists('You have an account already; please sign in.');
    if (account) return this.join(account, arrival, !known);
    if (namesake) throw new EmailTaken('This address has an account; sign in there and connect from inside.');
    return undefined;
  }

  /** Joins a profile to somebody who is signed in. @throws ProviderAccountTaken, AnonymousForbidden */
  async connect(userId: string, arrival: Newly): Promise<Account> {
    return this.tenants.run(contextOfPerson(userId), async manager => {
      const owner = await this.book.ownerOf(manager, arrival);
      const account = await this.accounts.byId(manager, userId);
      if (!account || (owner && owner !== userId))
        throw new ProviderAccountTaken('It belongs to another account.');
      if (account.isAnonymous) throw new AnonymousForbidden();
      await this.book.write(manager, userId, arrival, !owner);
      if (!owner) await this.book.tell(manager, account, arrival);
      return account;
    });
  }

  private async lookUp(
    manager: EntityManager,
    arrival: Newly,
  ): Promise<{ known?: Account; namesake?: Account }> {
    const owner = await this.book.ownerOf(manager, arrival);
    const { email } = arrival.profile;
    return {
      known: owner ? await this.accounts.byId(manager, owner) : undefined,
      namesake: email ? await this.accounts.byEmail(manager, email) : undefined,
    };
  }

  private joinable(profile: ProviderProfile, namesake: Account | undefined): Account | undefined {
    return profile.emailVerified && namesake?.emailVerified ? namesake : undefined;
  }

  private async join(account: Account, arrival: Newly, isNew: boolean): Promise<Account> {
    await this.tenants.run(contextOfPerson(account.id), async manager => {
      await this.book.write(manager, account.id, arrival, isNew);
      if (isNew) await this.book.tell(manager, account, arrival);
    });
    return account;
  }

  /** Of two arrivals of one person at once, the later finds the account that the other has made. */
  private async welcome(arrival: Newly): Promise<Account> {
    try {
      return await this.make(arrival);
    } catch (error) {
      const isLate = error instanceof EmailExists || error instanceof ProviderAccountTaken;
      const account = isLate ? await this.existing(arrival) : undefined;
      if (account) return account;
      throw error;
    }
  }

  private make(arrival: Newly): Promise<Account> {
    const { profile, wishes, client } = arrival;
    if (profile.email) this.policy.admit(profile.email);
    const shape = this.policy.shape(wishes, profile.displayName);
    const { email, emailVerified, avatarUrl } = profile;
    return this.newcomers.welcome({
      account: { ...shape, email, emailVerified, avatarUrl },
      client,
      alongside: (manager, { id }) => this.book.write(manager, id, arrival, true),
    });
  }
}
