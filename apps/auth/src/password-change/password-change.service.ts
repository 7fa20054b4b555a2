import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { Unauthenticated } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository, AnonymousForbidden, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { OwnershipProof } from '../ownership';
import { TicketOffice } from '../tickets';
import { TicketInvalid } from '../verification';
import { NewPassword } from './new-password';
import { PasswordSetter } from './password-setter';

/** Changes passwords: by somebody who signed in a short while ago, or by a ticket from a mail. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly newPassword: NewPassword,
    private readonly setter: PasswordSetter,
    private readonly tickets: TicketOffice,
    private readonly ownership: OwnershipProof,
  ) {}

  async change(actor: Actor, password: string, client: Client): Promise<void> {
    const userId = actor.userId as string;
    const account = await this.tenants.run(contextOfPerson(userId), manager =>
      this.accounts.byId(manager, userId),
    );
    if (!account) throw new Unauthenticated();
    if (account.isAnonymous) throw new AnonymousForbidden();
    const passwordHash = await this.newPassword.hash(password, account);
    await this.setter.set({
      account,
      passwordHash,
      client,
      keepSession: actor.sessionId ?? undefined,
      before: async manager => {
        await this.voidPending(manager, account);
        return [];
      },
    });
  }

  /** The ticket survives a password that is refused. @throws TicketInvalid, PasswordRefused */
  async reset(ticket: string, password: string, client: Client): Promise<void> {
    const account = await this.tenants.run(anonymousContext(), async manager => {
      const found = await this.tickets.peek(manager, 'passwordReset', ticket);
      return found?.userId ? this.accounts.byId(manager, found.userId) : undefined;
    });
    if (!account) throw new TicketInvalid();
    const passwordHash = await this.newPassword.hash(password, account);
    await this.setter.set({
      account,
      passwordHash,
      client,
      before: async manager => {
        const used = await this.tickets.redeem(manager, 'passwordReset', ticket);
        if (!used || used.address !== account.email) throw new TicketInvalid();
        await this.voidPending(manager, account);
        return this.ownership.accept(manager, account, client);
      },
    });
  }

  /**
   * What was begun under the old password does not end under the new one: somebody who takes an account back by it must
   * not lose it to an address that was asked for before, to half a sign-in, or to another reset mail.
   */
  private async voidPending(manager: EntityManager, { id }: Account): Promise<void> {
    await this.tickets.voidAll(manager, id, 'emailConfirmChange', 'mfaTotp', 'passwordReset');
    await this.accounts.change(manager, id, { newEmail: null });
  }
}
