import { CodeInvalid, Conflict, ValidationFailed } from '@nself/kernel';

/** A code of the app that is wrong, or was used already. */
export class TotpInvalid extends CodeInvalid {
  readonly nhostCode = 'invalid-totp';
}

/** The person has no second factor that could be asked for or switched off. */
export class TotpNotActive extends ValidationFailed {
  readonly nhostCode = 'disabled-mfa-totp';
}

/** No secret was made for the person yet. */
export class NoTotpSecret extends ValidationFailed {
  readonly nhostCode = 'no-totp-secret';
}

/** The second factor is on already. */
export class TotpAlreadyActive extends Conflict {
  readonly nhostCode = 'totp-already-active';
}

/** The ticket of a half-finished sign-in is unknown, used, expired, or was tried too often. */
export class MfaTicketInvalid extends CodeInvalid {
  readonly nhostCode = 'invalid-ticket';
}
