import { Injectable } from '@nestjs/common';
import { TenantTransaction } from '@nself/tenancy';
import type { Account } from '../accounts';
import { contextOfPerson } from '../context';
import { Mailer } from '../mail';
import { TicketOffice } from '../tickets';

const LIFE_SECONDS = 600;

/** Sends codes of six digits by mail, and takes them back. */
@Injectable()
export class EmailCodes {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tickets: TicketOffice,
    private readonly mailer: Mailer,
  ) {}

  async send(account: Account, email: string): Promise<void> {
    const code = await this.tenants.run(contextOfPerson(account.id), manager =>
      this.tickets.issueCode(manager, {
        purpose: 'otpEmail',
        userId: account.id,
        address: email,
        lifeSeconds: LIFE_SECONDS,
      }),
    );
    const { locale, displayName } = account;
    this.mailer.send({
      to: email,
      locale,
      template: 'signin-otp',
      facts: { displayName, code, minutes: LIFE_SECONDS / 60 },
    });
  }
}
