import { Inject, Injectable } from '@nestjs/common';
import {
  accountSettings,
  EndpointDisabled,
  NewcomerPolicy,
  type AccountSettings,
  type Wishes,
} from '../accounts';
import type { Client } from '../client';
import { SignInGate } from '../gate';
import { Newcomers } from '../sign-up';
import type { IssuedSession } from '../sessions';

/** Lets visitors in who do not say who they are. They belong to no family. */
@Injectable()
export class AnonymousService {
  constructor(
    private readonly policy: NewcomerPolicy,
    private readonly newcomers: Newcomers,
    private readonly gate: SignInGate,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** @throws EndpointDisabled, SignupDisabled, LocaleNotAllowed */
  async signIn(wishes: Wishes, client: Client): Promise<IssuedSession> {
    if (!this.settings.anonymousEnabled) throw new EndpointDisabled();
    const shape = this.policy.shape(wishes, 'Anonymous User');
    const account = await this.newcomers.welcome({
      account: { ...shape, isAnonymous: true, defaultRole: 'anonymous', roles: ['anonymous'] },
      client,
    });
    return this.gate.open(account, { method: 'anonymous', client });
  }
}
