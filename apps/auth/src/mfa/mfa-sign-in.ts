import { Injectable } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { SignInGate, type SignInMethod } from '../gate';
import { Attempts } from '../limits';
import type { IssuedSession } from '../sessions';
import { TicketOffice, type Ticket } from '../tickets';
import { MfaTicketInvalid, TotpInvalid } from './mfa.errors';
import { SecondFactor } from './second-factor';

/** What a code turned out to be. */
interface Verdict {
  account: Account;
  ticket: Ticket;
  method: SignInMethod | undefined;
}

/** Finishes a sign-in that waits for its second factor. A ticket bears five wrong codes. */
@Injectable()
export class MfaSignIn {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tickets: TicketOffice,
    private readonly accounts: AccountRepository,
    private readonly factor: SecondFactor,
    private readonly attempts: Attempts,
    private readonly gate: SignInGate,
  ) {}

  /** @throws MfaTicketInvalid, TotpInvalid, RateLimited */
  async signIn(ticket: string, code: string, client: Client): Promise<IssuedSession> {
    const { account, ticket: found, method } = await this.judge(ticket, code, client);
    const subject = `mfa ${account.id}`;
    if (!method) {
      await this.attempts.failed(subject, client.ip);
      await this.gate.refused(account.id, account, 'totp', client);
      throw new TotpInvalid();
    }
    await this.attempts.passed(subject);
    const { familyId } = found.data;
    return this.gate.open(account, {
      method,
      client,
      familyId: typeof familyId === 'string' ? familyId : undefined,
    });
  }

  private async judge(plain: string, code: string, client: Client): Promise<Verdict> {
    const { ticket, account } = await this.tenants.run(anonymousContext(), manager =>
      this.holder(manager, plain),
    );
    await this.attempts.assertOpen(`mfa ${account.id}`, client.ip);
    return this.tenants.run(anonymousContext(), async manager => {
      const method = await this.methodOf(manager, account, code);
      if (method && !(await this.tickets.redeem(manager, 'mfaTotp', plain))) throw new MfaTicketInvalid();
      return { ticket, account, method };
    });
  }

  private async holder(manager: EntityManager, plain: string): Promise<{ ticket: Ticket; account: Account }> {
    const ticket = await this.tickets.attempt(manager, 'mfaTotp', plain);
    const account = ticket?.userId ? await this.accounts.byId(manager, ticket.userId) : undefined;
    if (!ticket || !account?.activeMfaType) throw new MfaTicketInvalid();
    return { ticket, account };
  }

  private async methodOf(
    manager: EntityManager,
    account: Account,
    code: string,
  ): Promise<SignInMethod | undefined> {
    if (await this.factor.acceptsTotp(manager, account, code)) return 'totp';
    if (await this.factor.acceptsRecoveryCode(manager, account, code)) return 'recovery-code';
    return undefined;
  }
}
