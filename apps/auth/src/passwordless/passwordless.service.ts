import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Account } from '../accounts';
import { Courier, Outbox } from '../outbox';
import { Redirects } from '../redirects';
import { LinkSender } from '../verification';
import { EmailCodes } from './email-codes';
import { MailboxPeople, type MailboxEntry } from './mailbox-people';

/** What is to be sent to a mailbox, as it waits in the outbox. */
interface Wish {
  entry: MailboxEntry;
  kind: 'link' | 'code';
}

const LIFE_SECONDS = 600;

/**
 * Signs in by what is sent to a mailbox. An unknown address gets an account on the way, unless the operator keeps
 * sign-in and sign-up apart; either way the answer is the same, and all that differs happens after it.
 */
@Injectable()
export class PasswordlessService implements OnModuleInit {
  constructor(
    private readonly people: MailboxPeople,
    private readonly links: LinkSender,
    private readonly codes: EmailCodes,
    private readonly redirects: Redirects,
    private readonly outbox: Outbox,
    private readonly courier: Courier,
  ) {}

  onModuleInit(): void {
    this.courier.serve('passwordless-request', ({ content }) => this.grant(content as Wish));
  }

  async sendLink(entry: MailboxEntry): Promise<void> {
    this.redirects.choose(entry.redirectTo);
    await this.take({ entry, kind: 'link' });
  }

  async sendCode(entry: MailboxEntry): Promise<void> {
    await this.take({ entry, kind: 'code' });
  }

  private async take(wish: Wish): Promise<void> {
    const { entry } = wish;
    this.people.check(entry);
    if (entry.mustBeNew) return this.deliver(await this.people.welcome(entry), wish);
    await this.outbox.send('passwordless-request', wish, LIFE_SECONDS);
  }

  private async grant(wish: Wish): Promise<void> {
    const account = await this.people.find(wish.entry);
    if (account && !account.disabled) await this.deliver(account, wish);
  }

  private async deliver(account: Account, { entry, kind }: Wish): Promise<void> {
    const { email, redirectTo, codeChallenge } = entry;
    if (kind === 'code') return this.codes.send(account, email);
    await this.links.send('passwordlessEmail', { account, email, redirectTo, codeChallenge });
  }
}
