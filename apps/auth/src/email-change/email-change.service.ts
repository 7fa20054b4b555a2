import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { EmailExists, Unauthenticated } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository, AnonymousForbidden, NewcomerPolicy, type Account } from '../accounts';
import { Mailer } from '../mail';
import { LinkSender } from '../verification';
import type { ChangeEmailDto } from './email-change.dto';

/** Lets people change their address. It counts when the new one is confirmed; the old one is told at once. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly policy: NewcomerPolicy,
    private readonly links: LinkSender,
    private readonly mailer: Mailer,
  ) {}

  /** @throws EmailExists, EmailNotAllowed, AnonymousForbidden, RedirectNotAllowed */
  async ask(actor: Actor, { newEmail, options, codeChallenge }: ChangeEmailDto): Promise<void> {
    this.policy.admit(newEmail);
    const link = { email: newEmail, redirectTo: options?.redirectTo, codeChallenge };
    await this.tenants.run(contextOf(actor), async manager => {
      const account = await this.note(manager, actor, newEmail);
      await this.links.post(manager, 'emailConfirmChange', { account, ...link });
      await this.warn(manager, account, newEmail);
    });
  }

  private async note(manager: EntityManager, actor: Actor, newEmail: string): Promise<Account> {
    const account = await this.accounts.byId(manager, actor.userId as string);
    if (!account) throw new Unauthenticated();
    if (account.isAnonymous) throw new AnonymousForbidden();
    if (await this.accounts.byEmail(manager, newEmail)) throw new EmailExists();
    await this.accounts.change(manager, account.id, { newEmail });
    return account;
  }

  private async warn(manager: EntityManager, account: Account, newEmail: string): Promise<void> {
    const { email: to, locale, displayName } = account;
    if (!to) return;
    await this.mailer.post(manager, {
      to,
      locale,
      template: 'email-changed',
      facts: { displayName, newEmail },
    });
  }
}
