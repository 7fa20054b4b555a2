import { PasswordRefused } from '@nself/kernel';

/** Fewer characters than the policy asks for. */
export class PasswordTooShort extends PasswordRefused {
  readonly nhostCode = 'password-too-short';

  constructor(least: number) {
    super(`Please use at least ${least} characters.`, { extensions: { reason: 'too_short', least } });
  }
}

/** More characters than are taken; nothing is ever cut off. */
export class PasswordTooLong extends PasswordRefused {
  readonly nhostCode = 'invalid-request';

  constructor(most: number) {
    super(`Please use at most ${most} characters.`, { extensions: { reason: 'too_long', most } });
  }
}

/** On the list of common passwords, or close to it; `why` is a sentence for people. */
export class PasswordTooCommon extends PasswordRefused {
  readonly nhostCode = 'password-in-hibp-database';

  constructor(why: string) {
    super(why, { extensions: { reason: 'too_common' } });
  }
}

/** Known from a breach of some other service. */
export class PasswordBreached extends PasswordRefused {
  readonly nhostCode = 'password-in-hibp-database';

  constructor() {
    super('This password is known from a data breach elsewhere.', { extensions: { reason: 'breached' } });
  }
}
