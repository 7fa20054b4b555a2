import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { accountSettings, EmailUnverified, type AccountSettings } from '../accounts';
import type { Client } from '../client';
import { nhostSession, SessionDesk, type NhostSession, type SessionAnswer } from '../sessions';
import type { NhostSignUpDto, RegisterDto } from './sign-up.dto';
import { SignUpService } from './sign-up.service';

/** Takes sign-ups of both faces and words the answers. */
@Injectable()
export class SignUpDesk {
  constructor(
    private readonly signUp: SignUpService,
    private readonly desk: SessionDesk,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** @throws EmailUnverified when the address must be confirmed before the first session; the account exists then */
  async register(
    { cookie, ...request }: RegisterDto,
    client: Client,
    response: Response,
  ): Promise<SessionAnswer> {
    const account = await this.signUp.signUp(request, client);
    if (this.settings.emailVerifiedRequired) throw new EmailUnverified();
    return this.desk.answer(await this.signUp.firstSession(account, client), response, cookie);
  }

  /** Nhost answers a null session while the address is unconfirmed or new accounts wait for an administrator. */
  async nhostSignUp(body: NhostSignUpDto, client: Client): Promise<{ session: NhostSession | null }> {
    const { email, password, options = {} } = body;
    const account = await this.signUp.signUp({ ...options, email, password }, client);
    if (this.settings.emailVerifiedRequired || account.disabled) return { session: null };
    return { session: nhostSession(await this.signUp.firstSession(account, client)) };
  }
}
