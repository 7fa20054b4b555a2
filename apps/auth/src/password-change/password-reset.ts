import { Injectable } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository } from '../accounts';
import { Background } from '../background';
import { Redirects } from '../redirects';
import { LinkSender } from '../verification';
import type { ResetPasswordDto } from './password-change.dto';

/** Sends reset mails. Known or not, the answer is the same and waits for the same look-up. */
@Injectable()
export class PasswordReset {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly links: LinkSender,
    private readonly redirects: Redirects,
    private readonly background: Background,
  ) {}

  /** @throws RedirectNotAllowed */
  ask({ email, options, codeChallenge }: ResetPasswordDto): void {
    const redirectTo = this.redirects.choose(options?.redirectTo);
    this.background.start('password reset', async () => {
      const account = await this.tenants.run(anonymousContext(), manager =>
        this.accounts.byEmail(manager, email),
      );
      if (!account || account.disabled) return;
      await this.links.send('passwordReset', { account, email, redirectTo, codeChallenge });
    });
  }
}
