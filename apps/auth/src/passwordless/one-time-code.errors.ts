import { CodeInvalid } from '@nself/kernel';

/** A one-time code that is wrong, used, expired or was tried too often. */
export class OneTimeCodeInvalid extends CodeInvalid {
  readonly nhostCode = 'invalid-otp';
}
