import { Inject, Injectable } from '@nestjs/common';
import { BreachedPasswords } from './breached-passwords';
import { commonReason } from './common-passwords';
import { PasswordBreached, PasswordTooCommon, PasswordTooLong, PasswordTooShort } from './password.errors';
import { passwordSettings, type PasswordSettings } from './password.settings';

/** Longest password taken, in characters; above it only the cost of hashing would grow. */
export const PASSWORD_MAX_LENGTH = 128;

/** What is known about the person who chooses: a second factor allows a shorter password. */
export interface PasswordOwner {
  email?: string | null;
  displayName?: string;
  hasSecondFactor?: boolean;
}

/** Decides whether a new password is good enough. Every refusal says why (OWASP ASVS 5.0, 6.2). */
@Injectable()
export class PasswordPolicy {
  constructor(
    @Inject(passwordSettings.token) private readonly settings: PasswordSettings,
    private readonly breached: BreachedPasswords,
  ) {}

  /** Throws the reason for refusing `password`; returns when it may be used. */
  async check(password: string, owner: PasswordOwner): Promise<void> {
    const length = [...password].length;
    const least = this.leastLength(owner);
    if (length < least) throw new PasswordTooShort(least);
    if (length > PASSWORD_MAX_LENGTH) throw new PasswordTooLong(PASSWORD_MAX_LENGTH);
    const reason = commonReason(password, wordsAbout(owner));
    if (reason) throw new PasswordTooCommon(reason);
    if (this.settings.breachCheck && (await this.breached.knows(password))) throw new PasswordBreached();
  }

  private leastLength(owner: PasswordOwner): number {
    const { minLength, minLengthWithSecondFactor } = this.settings;
    return owner.hasSecondFactor ? Math.min(minLength, minLengthWithSecondFactor) : minLength;
  }
}

function wordsAbout(owner: PasswordOwner): string[] {
  const [local = '', domain = ''] = (owner.email ?? '').split('@');
  return [local, domain, owner.email ?? '', ...(owner.displayName ?? '').split(/\s+/)].filter(Boolean);
}
