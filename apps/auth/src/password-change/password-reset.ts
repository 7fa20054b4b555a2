import { Injectable, type OnModuleInit } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository } from '../accounts';
import { Courier, Outbox } from '../outbox';
import { Redirects } from '../redirects';
import { LinkSender } from '../verification';
import type { ResetPasswordDto } from './password-change.dto';

/** A wish for a reset mail, as it waits in the outbox. */
interface ResetRequest {
  email: string;
  redirectTo: string;
  codeChallenge?: string;
}

const LIFE_SECONDS = 3600;

/**
 * Sends reset mails. What is asked for is only written down, known address or not, and looked at when the answer has
 * long been given: nothing in it can tell the two apart.
 */
@Injectable()
export class PasswordReset implements OnModuleInit {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly links: LinkSender,
    private readonly redirects: Redirects,
    private readonly outbox: Outbox,
    private readonly courier: Courier,
  ) {}

  onModuleInit(): void {
    this.courier.serve('reset-request', ({ content }) => this.grant(content as ResetRequest));
  }

  /** @throws RedirectNotAllowed */
  async ask({ email, options, codeChallenge }: ResetPasswordDto): Promise<void> {
    const redirectTo = this.redirects.choose(options?.redirectTo);
    const request: ResetRequest = { email, redirectTo, codeChallenge };
    await this.outbox.send('reset-request', request, LIFE_SECONDS);
  }

  private async grant({ email, redirectTo, codeChallenge }: ResetRequest): Promise<void> {
    const account = await this.tenants.run(anonymousContext(), manager =>
      this.accounts.byEmail(manager, email),
    );
    if (!account || account.disabled) return;
    await this.links.send('passwordReset', { account, email, redirectTo, codeChallenge });
  }
}
