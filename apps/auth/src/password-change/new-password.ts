import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts';
import { PasswordHasher, PasswordPolicy } from '../passwords';

/** Judges a new password for somebody and hashes it. */
@Injectable()
export class NewPassword {
  constructor(
    private readonly policy: PasswordPolicy,
    private readonly hasher: PasswordHasher,
  ) {}

  /** @throws PasswordRefused */
  async hash(password: string, { email, displayName, activeMfaType }: Account): Promise<string> {
    await this.policy.check(password, { email, displayName, hasSecondFactor: activeMfaType !== null });
    return this.hasher.hash(password);
  }
}
