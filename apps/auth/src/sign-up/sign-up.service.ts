import { Injectable } from '@nestjs/common';
import { NewcomerPolicy, type Account, type Wishes } from '../accounts';
import type { Client } from '../client';
import { SignInGate } from '../gate';
import { InvitationAcceptance } from '../invitations';
import { PasswordHasher, PasswordPolicy } from '../passwords';
import type { IssuedSession } from '../sessions';
import { Newcomers, type Newcomer } from './newcomers';

export interface SignUpRequest extends Wishes {
  email: string;
  password: string;
  invitation?: string;
}

/** Makes accounts with e-mail and password. */
@Injectable()
export class SignUpService {
  constructor(
    private readonly policy: NewcomerPolicy,
    private readonly passwords: PasswordPolicy,
    private readonly hasher: PasswordHasher,
    private readonly acceptance: InvitationAcceptance,
    private readonly newcomers: Newcomers,
    private readonly gate: SignInGate,
  ) {}

  /** @throws PasswordRefused, EmailExists, SignupDisabled, InvitationInvalid, AccountDisabled, EmailUnverified */
  async signUp(request: SignUpRequest, client: Client, alongside?: Newcomer['alongside']): Promise<Account> {
    const { email, password } = request;
    this.policy.admit(email);
    const shape = this.policy.shape(request, email.split('@')[0]);
    await this.passwords.check(password, { email, displayName: request.displayName });
    const invitation = request.invitation ? await this.acceptance.find(request.invitation, email) : undefined;
    const passwordHash = await this.hasher.hash(password);
    const account = { ...shape, email, passwordHash };
    return this.newcomers.welcome({ account, client, invitation, alongside });
  }

  /** The first session of an account that was just made. */
  async firstSession(account: Account, client: Client): Promise<IssuedSession> {
    return this.gate.open(account, { method: 'sign-up', client });
  }
}
