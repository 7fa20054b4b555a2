import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { EmailExists, Unauthenticated, ValidationFailed } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
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
    private readonly accounts: AccountRepository,
    private readonly policy: NewcomerPolicy,
    private readonly secret: VisitorsPassword,
    private readonly newcomers: Newcomers,
    private readonly links: LinkSender,
  ) {}

  /** All of it or nothing. @throws UserNotAnonymous, EmailExists, PasswordRefused, RedirectNotAllowed, SignupDisabled */
  async apply(actor: Actor, wish: DeanonymizeDto, client: Client): Promise<void> {
    const { email, options = {}, signInMethod, codeChallenge } = wish;
    const { redirectTo, ...wishes } = options;
    this.policy.admit(email);
    this.policy.shape(wishes);
    const passwordHash = signInMethod === 'email-password' ? await this.secret.hash(wish) : null;
    const link = signInMethod === 'passwordless' ? 'passwordlessEmail' : 'verifyEmail';
    await this.newcomers.settleFormerVisitor(actor.userId ?? '', client, async manager => {
      const account = await this.become(manager, actor, { email, passwordHash, wishes });
      await this.links.post(manager, link, { account, email, redirectTo, codeChallenge });
      return account;
    });
  }

  /** Locks the visitor: who asks twice at once becomes somebody once. */
  private async become(
    manager: EntityManager,
    actor: Actor,
    { email, passwordHash, wishes }: { email: string; passwordHash: string | null; wishes: Wishes },
  ): Promise<Account> {
    const visitor = await this.accounts.lock(manager, actor.userId ?? '');
    if (!visitor) throw new Unauthenticated();
    if (!visitor.isAnonymous) throw new UserNotAnonymous('You have an account already.');
    if (await this.accounts.byEmail(manager, email)) throw new EmailExists();
    const { roles, defaultRole } = this.policy.shape(wishes);
    await this.accounts.setRoles(manager, visitor.id, roles ?? []);
    const known = { email, passwordHash, defaultRole, isAnonymous: false };
    await this.accounts.change(manager, visitor.id, { ...known, ...profileOf(visitor, wishes, email) });
    const account = await this.accounts.byId(manager, visitor.id);
    if (!account) throw new Unauthenticated();
    return account;
  }
}

function profileOf(
  visitor: Account,
  wishes: Wishes,
  email: string,
): Pick<Account, 'displayName' | 'locale' | 'metadata'> {
  const named = visitor.displayName !== 'Anonymous User';
  return {
    displayName: wishes.displayName || (named ? visitor.displayName : (email.split('@')[0] ?? '')),
    locale: wishes.locale ?? visitor.locale,
    metadata: { ...visitor.metadata, ...wishes.metadata },
  };
}
