import { Inject, Injectable } from '@nestjs/common';
import { accountSettings, type AccountSettings } from '../accounts';
import type { Client } from '../client';
import { SignInGate } from '../gate';
import { nhostSession, type NhostSession } from '../sessions';
import { LinkSender } from '../verification';
import { KeySignUp, type Confirmation } from './key-sign-up';
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
    const account = await this.signUp.finish(body, client, this.confirmation(body.codeChallenge));
    if (this.settings.emailVerifiedRequired || account.disabled) return { session: null };
    return { session: nhostSession(await this.gate.open(account, { method: 'sign-up', client })) };
  }

  /** Sends the link that confirms the address, where it must be confirmed first. */
  private confirmation(codeChallenge?: string): Confirmation | undefined {
    if (!this.settings.emailVerifiedRequired) return undefined;
    return async (manager, account, redirectTo) => {
      const { email } = account;
      if (email) await this.links.post(manager, 'verifyEmail', { account, email, redirectTo, codeChallenge });
    };
  }
}
