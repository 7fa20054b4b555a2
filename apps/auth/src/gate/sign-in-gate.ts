import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import { sha256 } from '@nself/kernel';
import { anonymousContext, TenantGroup, type GroupStatement } from '@nself/tenancy';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { SessionIssuer, type IssuedSession, type Opening } from '../sessions';
import { TicketOffice } from '../tickets';
import { EntryPolicy } from './entry-policy';
import type { SignInMethod } from './sign-in-method';

/** What a sign-in ends with: a session, or the question for a second factor. */
export type SignInOutcome =
  { session: IssuedSession; mfa?: undefined } | { session?: undefined; mfa: { ticket: string } };

export interface Arrival {
  method: SignInMethod;
  client: Client;
  familyId?: string;
  /** Runs in the transaction that opens the session; if it throws there is none. */
  alongside?: Opening['alongside'];
}

/** Methods that need no second factor: they are two in one, or no person's, or follow one. */
const WHOLE: readonly SignInMethod[] = ['webauthn', 'pat', 'anonymous', 'totp', 'recovery-code', 'sign-up'];
const MFA_TICKET_SECONDS = 300;

/**
 * The last step of every sign-in, whatever the first was: nobody gets past the entry policy, or a second factor
 * that is switched on.
 */
@Injectable()
export class SignInGate {
  constructor(
    private readonly groups: TenantGroup,
    private readonly accounts: AccountRepository,
    private readonly tickets: TicketOffice,
    private readonly issuer: SessionIssuer,
    private readonly audit: AuditTrail,
    private readonly policy: EntryPolicy,
  ) {}

  async pass(account: Account, arrival: Arrival): Promise<SignInOutcome> {
    this.policy.admit(account, arrival.method);
    if (account.activeMfaType && !WHOLE.includes(arrival.method))
      return this.askForSecondFactor(account, arrival);
    return { session: await this.open(account, arrival) };
  }

  /** A session for somebody whom the gate lets pass for sure. */
  async open(account: Account, { method, client, familyId, alongside }: Arrival): Promise<IssuedSession> {
    this.policy.admit(account, method);
    return this.issuer.open(account, {
      client,
      familyId,
      mfa: ['totp', 'recovery-code', 'webauthn'].includes(method),
      present: method !== 'pat',
      passwordHash: method === 'password' ? account.passwordHash : null,
      notes: chosenFamily => this.notes(account, method, client, chosenFamily),
      alongside,
    });
  }

  /** Writes down that somebody was refused; for an unknown address too, so that both take the same time. */
  async refused(
    subject: string,
    account: Account | undefined,
    method: SignInMethod,
    client: Client,
  ): Promise<void> {
    const context = account ? contextOfPerson(account.id) : anonymousContext();
    const event = this.audit.entry({
      type: 'sign_in.failed',
      familyId: null,
      actorId: account?.id ?? null,
      subjectType: account ? 'user' : 'stranger',
      subjectId: account?.id ?? sha256(subject).toString('hex').slice(0, 16),
      newState: { method },
      ...client,
    });
    await this.groups.run(context, [event]);
  }

  private async askForSecondFactor(account: Account, { method, familyId }: Arrival): Promise<SignInOutcome> {
    const { ticket, statement } = this.tickets.draw({
      purpose: 'mfaTotp',
      userId: account.id,
      data: { method, familyId },
      lifeSeconds: MFA_TICKET_SECONDS,
    });
    await this.groups.run(contextOfPerson(account.id), [statement]);
    return { mfa: { ticket } };
  }

  private notes(
    account: Account,
    method: SignInMethod,
    client: Client,
    familyId: string | null,
  ): GroupStatement[] {
    const event = this.audit.entry({
      type: 'sign_in.succeeded',
      familyId,
      actorId: account.id,
      subjectType: 'user',
      subjectId: account.id,
      newState: { method },
      ...client,
    });
    return [...this.accounts.seen(account), event];
  }
}
