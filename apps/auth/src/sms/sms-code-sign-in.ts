import { Injectable } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { SignInGate, type SignInOutcome } from '../gate';
import { Attempts } from '../limits';
import { OneTimeCodeInvalid } from '../passwordless';
import { TicketOffice } from '../tickets';

/** Takes codes back that went out by text message. */
@Injectable()
export class SmsCodeSignIn {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tickets: TicketOffice,
    private readonly accounts: AccountRepository,
    private readonly attempts: Attempts,
    private readonly gate: SignInGate,
  ) {}

  /** @throws OneTimeCodeInvalid, RateLimited */
  async signIn(phoneNumber: string, code: string, client: Client): Promise<SignInOutcome> {
    const subject = `sms ${phoneNumber}`;
    await this.attempts.assertOpen(subject, client.ip);
    const ticket = await this.tenants.run(anonymousContext(), manager =>
      this.tickets.redeemCode(manager, 'otpSms', phoneNumber, code),
    );
    const account = ticket?.userId ? await this.proven(ticket.userId, phoneNumber) : undefined;
    if (!account) {
      await this.attempts.failed(subject, client.ip);
      await this.gate.refused(phoneNumber, undefined, 'sms-otp', client);
      throw new OneTimeCodeInvalid();
    }
    await this.attempts.passed(subject);
    return this.gate.pass(account, { method: 'sms-otp', client });
  }

  private async proven(userId: string, phoneNumber: string): Promise<Account | undefined> {
    return this.tenants.run(contextOfPerson(userId), async manager => {
      const account = await this.accounts.byId(manager, userId);
      if (account?.phoneNumber !== phoneNumber) return undefined;
      await this.accounts.change(manager, userId, { phoneNumberVerified: true });
      return { ...account, phoneNumberVerified: true };
    });
  }
}
