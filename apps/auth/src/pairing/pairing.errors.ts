import { NotFound } from '@nself/kernel';

/** Errors of RFC 6749 and RFC 8628; devices read the word, nothing else. */
export type GrantErrorCode =
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'
  | 'invalid_grant'
  | 'invalid_request'
  | 'unsupported_grant_type';

const DESCRIPTIONS: Readonly<Record<GrantErrorCode, string>> = {
  authorization_pending: 'Nobody has said yes yet; ask again after the interval.',
  slow_down: 'You ask too often; wait five seconds longer from now on.',
  access_denied: 'Somebody said no.',
  expired_token: 'The code is too old; begin anew.',
  invalid_grant: 'This code is unknown or was used already.',
  invalid_request: 'A parameter is missing, there twice, or of the wrong form.',
  unsupported_grant_type: 'Only urn:ietf:params:oauth:grant-type:device_code is spoken here.',
};

/** A poll that gets no tokens. */
export class GrantError extends Error {
  constructor(readonly code: GrantErrorCode) {
    super(DESCRIPTIONS[code]);
  }
}

/** Nobody waits under this code, or no longer. */
export class UserCodeUnknown extends NotFound {
  constructor() {
    super('Nobody waits under this code.');
  }
}
