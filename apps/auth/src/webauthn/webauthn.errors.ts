import { Unauthenticated } from '@nself/kernel';

/** The answer of a key that does not hold: wrong challenge, origin, signature, or a key that nobody registered. */
export class KeyRefused extends Unauthenticated {
  readonly nhostCode = 'invalid-request';

  constructor(cause?: unknown) {
    super('This security key could not be verified.', { cause });
  }
}
