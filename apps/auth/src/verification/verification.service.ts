import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import { EmailExists } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { OwnershipProof } from '../ownership';
import { RevocationWriter, type Revoked } from '../revocations';
import { TicketOffice, type Ticket } from '../tickets';
import type { LinkKind } from './link-kinds';
import { TicketInvalid } from './verification.errors';

/** A link that was used: whose it was, and what it carried. */
export interface UsedLink {
  account: Account;
  codeChallenge?: string;
}

/** Uses links from mails. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tickets: TicketOffice,
    private readonly accounts: AccountRepository,
    private readonly ownership: OwnershipProof,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  /** Uses the link and does what it stands for. @throws TicketInvalid, EmailExists */
  async use(kind: LinkKind, ticket: string, client: Client): Promise<UsedLink> {
    const { used, revoked } = await this.tenants.run(anonymousContext(), async manager => {
      const redeemed = await this.tickets.redeem(manager, kind.purpose, ticket);
      const account = redeemed?.userId ? await this.accounts.byId(manager, redeemed.userId) : undefined;
      if (!redeemed || !account) throw new TicketInvalid();
      const ended = await this.apply(manager, kind, redeemed, account, client);
      return { used: { account, codeChallenge: text(redeemed.data['codeChallenge']) }, revoked: ended };
    });
    await this.revocations.announce(...revoked);
    return used;
  }

  private async apply(
    manager: EntityManager,
    kind: LinkKind,
    ticket: Ticket,
    account: Account,
    client: Client,
  ): Promise<Revoked[]> {
    if (kind.purpose === 'emailConfirmChange') return this.changeEmail(manager, ticket, account, client);
    if (ticket.address !== account.email) throw new TicketInvalid();
    if (kind.purpose === 'verifyEmail') return this.confirm(manager, account);
    return this.ownership.accept(manager, account, client);
  }

  /** Confirms what the person typed at sign-up a moment ago; the password of then stays. */
  private async confirm(manager: EntityManager, account: Account): Promise<Revoked[]> {
    await this.accounts.change(manager, account.id, { emailVerified: true });
    account.emailVerified = true;
    return [];
  }

  private async changeEmail(
    manager: EntityManager,
    ticket: Ticket,
    account: Account,
    client: Client,
  ): Promise<Revoked[]> {
    const newEmail = ticket.address;
    if (!newEmail || account.newEmail !== newEmail) throw new TicketInvalid();
    if (await this.accounts.byEmail(manager, newEmail)) throw new EmailExists();
    await this.accounts.change(manager, account.id, { email: newEmail, emailVerified: true, newEmail: null });
    await this.audit.record(manager, {
      type: 'account.changed',
      familyId: null,
      actorId: account.id,
      subjectType: 'user',
      subjectId: account.id,
      newState: { changed: 'email' },
      ...client,
    });
    Object.assign(account, { email: newEmail, emailVerified: true, newEmail: null });
    return [];
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
