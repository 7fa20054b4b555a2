import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts';
import { Background } from '../background';
import { Redirects } from '../redirects';
import { LinkSender } from '../verification';
import { EmailCodes } from './email-codes';
import { MailboxPeople, type MailboxEntry } from './mailbox-people';

/**
 * Signs in by what is sent to a mailbox. An unknown address gets an account on the way, unless the operator keeps
 * sign-in and sign-up apart; either way the answer is the same and does not wait for the mail.
 */
@Injectable()
export class PasswordlessService {
  constructor(
    private readonly people: MailboxPeople,
    private readonly links: LinkSender,
    private readonly codes: EmailCodes,
    private readonly redirects: Redirects,
    private readonly background: Background,
  ) {}

  async sendLink(entry: MailboxEntry): Promise<void> {
    this.redirects.choose(entry.redirectTo);
    const { email, redirectTo, codeChallenge } = entry;
    await this.send(entry, account =>
      this.links.send('passwordlessEmail', { account, email, redirectTo, codeChallenge }),
    );
  }

  async sendCode(entry: MailboxEntry): Promise<void> {
    await this.send(entry, account => this.codes.send(account, entry.email));
  }

  private async send(entry: MailboxEntry, deliver: (account: Account) => Promise<void>): Promise<void> {
    this.people.check(entry);
    if (entry.mustBeNew) return deliver(await this.people.welcome(entry));
    this.background.start('passwordless mail', async () => {
      const account = await this.people.find(entry);
      if (account && !account.disabled) await deliver(account);
    });
  }
}
