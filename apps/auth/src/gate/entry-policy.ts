import { Inject, Injectable } from '@nestjs/common';
import { AccountDisabled } from '@nself/kernel';
import {
  accountSettings,
  EmailUnverified,
  NewcomerPolicy,
  type Account,
  type AccountSettings,
} from '../accounts';
import type { SignInMethod } from './sign-in-method';

/** Ways in that name an account by its address, but do not prove the mailbox. */
const BY_ADDRESS: readonly SignInMethod[] = ['password', 'webauthn', 'security-key'];

/** Decides which accounts may be signed in to at all, however well somebody has proven that one is theirs. */
@Injectable()
export class EntryPolicy {
  constructor(
    private readonly newcomers: NewcomerPolicy,
    @Inject(accountSettings.token) private readonly settings: AccountSettings,
  ) {}

  /** @throws AccountDisabled, EmailNotAllowed, EmailUnverified */
  admit({ disabled, email, emailVerified }: Account, method: SignInMethod): void {
    if (disabled) throw new AccountDisabled();
    if (email === null) return;
    this.newcomers.admit(email);
    const mustBeProven = this.settings.emailVerifiedRequired && BY_ADDRESS.includes(method);
    if (mustBeProven && !emailVerified) throw new EmailUnverified();
  }
}
