import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, type Account } from '../accounts';
import { Courier, Outbox } from '../outbox';
import { Redirects } from '../redirects';
import { LinkSender } from './link-sender';
import type { SendVerificationDto } from './verification.dto';
import { EmailAlreadyVerified } from './verification.errors';

/** A wish for another link, as it waits in the outbox. */
interface VerificationWish {
  email: string;
  redirectTo: string;
  codeChallenge?: string;
}

const LIFE_SECONDS = 3600;

/** Sends the link that confirms an address once more. */
@Injectable()
export class VerificationRequest implements OnModuleInit {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly links: LinkSender,
    private readonly redirects: Redirects,
    private readonly outbox: Outbox,
    private readonly courier: Courier,
  ) {}

  onModuleInit(): void {
    this.courier.serve('verification-request', ({ content }) => this.grant(content as VerificationWish));
  }

  /**
   * Known or not, the answer is the same and takes the same steps; only the owner of the address is told that it was
   * confirmed already.
   *
   * @throws EmailAlreadyVerified, RedirectNotAllowed
   */
  async ask(actor: Actor, { email, options, codeChallenge }: SendVerificationDto): Promise<void> {
    const redirectTo = this.redirects.choose(options?.redirectTo);
    const account = await this.find(email);
    if (account?.emailVerified && account.id === actor.userId)
      throw new EmailAlreadyVerified('This address is confirmed already.');
    const wish: VerificationWish = { email, redirectTo, codeChallenge };
    await this.outbox.send('verification-request', wish, LIFE_SECONDS);
  }

  private async grant({ email, redirectTo, codeChallenge }: VerificationWish): Promise<void> {
    const account = await this.find(email);
    if (!account || account.emailVerified || account.disabled) return;
    await this.links.send('verifyEmail', { account, email, redirectTo, codeChallenge });
  }

  private async find(email: string): Promise<Account | undefined> {
    return this.tenants.run(anonymousContext(), manager => this.accounts.byEmail(manager, email));
  }
}
