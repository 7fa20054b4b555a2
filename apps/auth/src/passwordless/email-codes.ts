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
    const { id: userId, locale, displayName } = account;
    const order = { purpose: 'otpEmail', userId, address: email, lifeSeconds: LIFE_SECONDS } as const;
    await this.tenants.run(contextOfPerson(userId), async manager => {
      const code = await this.tickets.issueCode(manager, order);
      const facts = { displayName, code, minutes: LIFE_SECONDS / 60 };
      await this.mailer.post(manager, { to: email, locale, template: 'signin-otp', facts }, LIFE_SECONDS);
    });
  }
}
