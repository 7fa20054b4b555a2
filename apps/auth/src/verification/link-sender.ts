import { Injectable } from '@nestjs/common';
import { TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts';
import { contextOfPerson } from '../context';
import { Mailer } from '../mail';
import { Redirects } from '../redirects';
import { TicketOffice } from '../tickets';
import { linkKinds, type LinkName } from './link-kinds';

export interface LinkOrder {
  account: Account;
  /** The mailbox that the link goes to; using it proves that mailbox and no other. */
  email: string;
  redirectTo?: string;
  codeChallenge?: string;
}

/** Sends links that prove a mailbox. They lead to a page with a button, so that a scanner that opens them uses nothing. */
@Injectable()
export class LinkSender {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tickets: TicketOffice,
    private readonly redirects: Redirects,
    private readonly mailer: Mailer,
  ) {}

  async send(name: LinkName, order: LinkOrder): Promise<void> {
    await this.tenants.run(contextOfPerson(order.account.id), manager => this.post(manager, name, order));
  }

  /** Sends the link if and when the transaction commits. @throws RedirectNotAllowed */
  async post(manager: EntityManager, name: LinkName, order: LinkOrder): Promise<void> {
    const { account, email, redirectTo, codeChallenge } = order;
    const { purpose, type, template, lifeSeconds } = linkKinds[name];
    const target = this.redirects.choose(redirectTo);
    const { id: userId, displayName, locale } = account;
    const data = { codeChallenge };
    const ticket = await this.tickets.issue(manager, { purpose, userId, address: email, data, lifeSeconds });
    const link = this.redirects.own('/verify/open', { ticket, type, redirectTo: target, lang: locale });
    const facts = { displayName, link, minutes: lifeSeconds / 60, newEmail: email };
    await this.mailer.post(manager, { to: email, locale, template, facts }, lifeSeconds);
  }
}
