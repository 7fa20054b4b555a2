import { Injectable } from '@nestjs/common';
import { PasswordHasher, PasswordPolicy } from '../passwords';

/** The first password of somebody who was anonymous until now. */
@Injectable()
export class VisitorsPassword {
  constructor(
    private readonly policy: PasswordPolicy,
    private readonly hasher: PasswordHasher,
  ) {}

  /** @throws PasswordRefused */
  async hash({ email, password = '' }: { email: string; password?: string }): Promise<string> {
    await this.policy.check(password, { email });
    return this.hasher.hash(password);
  }
}
