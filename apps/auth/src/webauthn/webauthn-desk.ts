import { Inject, Injectable } from '@nestjs/common';
import { accountSettings, type AccountSettings } from '../accounts';
import type { Client } from '../client';
import { SignInGate } from '../gate';
import { nhostSession, type NhostSession } from '../sessions';
import { LinkSender } from '../verification';
import { KeySignUp } from './key-sign-up';
import type { VerifySignUpKeyDto } from './webauthn.dto';

/** Words the end of a sign-up by key. */
@Injectable()
export class WebauthnDesk {
  constructor(
    private readonly signUp: KeySignUp,
    private readonly gate: SignInGate,
    private readonly links: LinkSender,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** A null session while the address must be confirmed or an administrator must let the account in. */
  async finishSignUp(body: VerifySignUpKeyDto, client: Client): Promise<{ session: NhostSession | null }> {
    const { account, redirectTo } = await this.signUp.finish(body, client);
    if (this.settings.emailVerifiedRequired && account.email) {
      await this.links.send('verifyEmail', {
        account,
        email: account.email,
        redirectTo,
        codeChallenge: body.codeChallenge,
      });
      return { session: null };
    }
    if (account.disabled) return { session: null };
    return { session: nhostSession(await this.gate.open(account, { method: 'sign-up', client })) };
  }
}
