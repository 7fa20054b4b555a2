import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository } from '../accounts';
import { Background } from '../background';
import { Redirects } from '../redirects';
import { LinkSender } from './link-sender';
import type { SendVerificationDto } from './verification.dto';
import { EmailAlreadyVerified } from './verification.errors';

/** Sends the link that confirms an address once more. */
@Injectable()
export class VerificationRequest {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly links: LinkSender,
    private readonly redirects: Redirects,
    private readonly background: Background,
  ) {}

  /**
   * Known or not, the answer is the same and does not wait; only the owner of the address is told that it was
   * confirmed already.
   *
   * @throws EmailAlreadyVerified, RedirectNotAllowed
   */
  async ask(actor: Actor, { email, options, codeChallenge }: SendVerificationDto): Promise<void> {
    this.redirects.choose(options?.redirectTo);
    const account = await this.tenants.run(anonymousContext(), manager =>
      this.accounts.byEmail(manager, email),
    );
    if (account?.emailVerified && account.id === actor.userId)
      throw new EmailAlreadyVerified('This address is confirmed already.');
    if (!account || account.emailVerified || account.disabled) return;
    this.background.start('verification mail', () =>
      this.links.send('verifyEmail', { account, email, redirectTo: options?.redirectTo, codeChallenge }),
    );
  }
}
