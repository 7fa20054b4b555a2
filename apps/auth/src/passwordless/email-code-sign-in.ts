import { Injectable } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { Client } from '../client';
import { SignInGate, type SignInOutcome } from '../gate';
import { Attempts } from '../limits';
import { TicketOffice } from '../tickets';
import { CodeBearers } from './code-bearers';
import { OneTimeCodeInvalid } from './one-time-code.errors';

/** Signs in with a code from a mail. */
@Injectable()
export class EmailCodeSignIn {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tickets: TicketOffice,
    private readonly attempts: Attempts,
    private readonly people: CodeBearers,
    private readonly gate: SignInGate,
  ) {}

  /** @throws OneTimeCodeInvalid, RateLimited */
  async signIn(email: string, code: string, client: Client): Promise<SignInOutcome> {
    await this.attempts.assertOpen(`otp ${email}`, client.ip);
    const ticket = await this.tenants.run(anonymousContext(), manager =>
      this.tickets.redeemCode(manager, 'otpEmail', email, code),
    );
    const account = ticket?.userId ? await this.people.proven(ticket.userId, email, client) : undefined;
    if (!account) {
      await this.attempts.failed(`otp ${email}`, client.ip);
      await this.gate.refused(email, undefined, 'email-otp', client);
      throw new OneTimeCodeInvalid();
    }
    await this.attempts.passed(`otp ${email}`);
    return this.gate.pass(account, { method: 'email-otp', client });
  }
}
