import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { EmailExists, Unauthenticated, ValidationFailed } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, NewcomerPolicy, type Account, type Wishes } from '../accounts';
import type { Client } from '../client';
import { Newcomers } from '../sign-up';
import { LinkSender } from '../verification';
import type { DeanonymizeDto } from './anonymous.dto';
import { VisitorsPassword } from './visitors-password';

/** Somebody who is signed in with an account of their own already. */
export class UserNotAnonymous extends ValidationFailed {
  readonly nhostCode = 'user-not-anonymous';
}

/** Makes a full account of a visitor's: same id, now with an address, and with a family. */
@Injectable()
export class Deanonymization {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly policy: NewcomerPolicy,
    private readonly secret: VisitorsPassword,
    private readonly newcomers: Newcomers,
    private readonly links: LinkSender,
  ) {}

  /** @throws UserNotAnonymous, EmailExists, PasswordRefused */
  async apply(actor: Actor, wish: DeanonymizeDto, client: Client): Promise<void> {
    const { email, options = {}, signInMethod, codeChallenge } = wish;
    const { redirectTo, ...wishes } = options;
    this.policy.admit(email);
    const { roles, defaultRole } = this.policy.shape(wishes);
    const passwordHash = signInMethod === 'email-password' ? await this.secret.hash(wish) : null;
    const account = await this.tenants.run(contextOf(actor), async manager => {
      const visitor = await this.accounts.byId(manager, actor.userId ?? '');
      if (!visitor) throw new Unauthenticated();
      if (!visitor.isAnonymous) throw new UserNotAnonymous('You have an account already.');
      if (await this.accounts.byEmail(manager, email)) throw new EmailExists();
      await this.accounts.setRoles(manager, visitor.id, roles ?? []);
      const known = { email, passwordHash, defaultRole, isAnonymous: false };
      await this.accounts.change(manager, visitor.id, { ...known, ...profileOf(visitor, wishes, email) });
      return this.accounts.byId(manager, visitor.id);
    });
    if (!account) throw new Unauthenticated();
    await this.newcomers.settleFormerVisitor(account, client);
    const link = signInMethod === 'passwordless' ? 'passwordlessEmail' : 'verifyEmail';
    await this.links.send(link, { account, email, redirectTo, codeChallenge });
  }
}

function profileOf(
  visitor: Account,
  wishes: Wishes,
  email: string,
): Pick<Account, 'displayName' | 'locale' | 'metadata'> {
  const named = visitor.displayName !== 'Anonymous User';
  return {
    displayName: wishes.displayName ?? (named ? visitor.displayName : (email.split('@')[0] ?? '')),
    locale: wishes.locale ?? visitor.locale,
    metadata: { ...visitor.metadata, ...wishes.metadata },
  };
}
