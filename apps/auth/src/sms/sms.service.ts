import { Injectable } from '@nestjs/common';
import { TenantTransaction } from '@nself/tenancy';
import type { Wishes } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { TicketOffice } from '../tickets';
import { PhonePeople } from './phone-people';
import { SmsSender } from './sms-sender';

const LIFE_SECONDS = 300;

/** Sends codes by text message; an unknown number gets an account on the way, as with mail. */
@Injectable()
export class SmsService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tickets: TicketOffice,
    private readonly people: PhonePeople,
    private readonly sender: SmsSender,
  ) {}

  /** @throws EndpointDisabled, RateLimited; on sign-up EmailExists for a number that has an account */
  async sendCode(phoneNumber: string, wishes: Wishes, client: Client, mustBeNew: boolean): Promise<void> {
    this.sender.assertEnabled();
    await this.sender.admit(phoneNumber);
    const account = mustBeNew
      ? await this.people.welcome(phoneNumber, wishes, client)
      : await this.people.find(phoneNumber, wishes, client);
    if (!account || account.disabled) return;
    const { id: userId, locale } = account;
    const order = { purpose: 'otpSms', userId, address: phoneNumber, lifeSeconds: LIFE_SECONDS } as const;
    await this.tenants.run(contextOfPerson(userId), async manager => {
      const code = await this.tickets.issueCode(manager, order);
      await this.sender.post(manager, { to: phoneNumber, text: messageFor(locale, code) }, LIFE_SECONDS);
    });
  }
}

const MESSAGES: Readonly<Record<string, (code: string) => string>> = {
  en: code => `${code} is your sign-in code. Tell it to nobody.`,
  de: code => `${code} ist dein Code zum Anmelden. Gib ihn niemandem weiter.`,
  ar: code => `${code} هو رمز دخولك. لا تخبر به أحدًا.`,
};

const messageFor = (locale: string, code: string): string =>
  (MESSAGES[locale] ?? (MESSAGES['en'] as (c: string) => string))(code);
