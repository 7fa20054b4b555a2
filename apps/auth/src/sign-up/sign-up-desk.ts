import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { accountSettings, EmailUnverified, type AccountSettings } from '../accounts';
import type { Client } from '../client';
import { Redirects } from '../redirects';
import { nhostSession, SessionDesk, type NhostSession, type SessionAnswer } from '../sessions';
import { LinkSender } from '../verification';
import type { Newcomer } from './newcomers';
import type { NhostSignUpDto, RegisterDto } from './sign-up.dto';
import { SignUpService } from './sign-up.service';

/** Takes sign-ups of both faces and words the answers. */
@Injectable()
export class SignUpDesk {
  constructor(
    private readonly signUp: SignUpService,
    private readonly desk: SessionDesk,
    private readonly links: LinkSender,
    private readonly redirects: Redirects,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** @throws EmailUnverified when the address must be confirmed before the first session; the account exists then */
  async register(
    { cookie, ...request }: RegisterDto,
    client: Client,
    response: Response,
  ): Promise<SessionAnswer> {
    const account = await this.signUp.signUp(request, client, this.confirmation());
    if (this.settings.emailVerifiedRequired) throw new EmailUnverified();
    return this.desk.answer(await this.signUp.firstSession(account, client), response, cookie);
  }

  /** Nhost answers a null session while the address is unconfirmed or new accounts wait for an administrator. */
  async nhostSignUp(body: NhostSignUpDto, client: Client): Promise<{ session: NhostSession | null }> {
    const { email, password, options = {}, codeChallenge } = body;
    this.redirects.choose(options.redirectTo);
    const request = { ...options, email, password };
    const confirmation = this.confirmation(options.redirectTo, codeChallenge);
    const account = await this.signUp.signUp(request, client, confirmation);
    if (this.settings.emailVerifiedRequired || account.disabled) return { session: null };
    return { session: nhostSession(await this.signUp.firstSession(account, client)) };
  }

  /** Sends the link that confirms the address together with the account, where it must be confirmed first. */
  private confirmation(redirectTo?: string, codeChallenge?: string): Newcomer['alongside'] {
    if (!this.settings.emailVerifiedRequired) return undefined;
    return async (manager, account) => {
      const { email } = account;
      if (email) await this.links.post(manager, 'verifyEmail', { account, email, redirectTo, codeChallenge });
    };
  }
}
