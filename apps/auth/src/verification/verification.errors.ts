import { CodeInvalid, Conflict } from '@nself/kernel';

/** A link that is unknown, used, expired, or meant for a mailbox that the account no longer has. */
export class TicketInvalid extends CodeInvalid {
  readonly nhostCode = 'invalid-ticket';
}

/** The address is confirmed already. */
export class EmailAlreadyVerified extends Conflict {
  readonly nhostCode = 'email-already-verified';
}
