/**
 * The one table of everything that can be answered with an error. `npm run generate` makes a class of each row
 * (`errors.gen.ts`) and the page docs/errors.md. A code never changes its meaning and never disappears.
 *
 * `status` is the HTTP status, `title` the sentence clients may show, `meaning` tells developers when it happens.
 */
export interface ErrorRow {
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
}

export const errorTable = {
  // What a client sent
  BAD_REQUEST: {
    status: 400,
    title: 'The request cannot be understood.',
    meaning: 'Malformed JSON, a header that makes no sense, or a parameter of the wrong form.',
  },
  VALIDATION_FAILED: {
    status: 400,
    title: 'Some fields are not right.',
    meaning: 'A body or query breaks its schema; `faults` lists each field with what is wrong.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: 'That is more than we take at once.',
    meaning: 'The body is above the limit of this route.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'We cannot read this kind of content.',
    meaning: 'The content type of the body is not one that this route takes.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is no such thing here.',
    meaning: 'Unknown route or id, or one of another family: the two are never told apart.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'That cannot be done to this address.',
    meaning: 'The route exists for other methods only.',
  },
  CONFLICT: {
    status: 409,
    title: 'Something changed in the meantime.',
    meaning: 'The change contradicts the present state; read it again and decide.',
  },
  GONE: {
    status: 410,
    title: 'This is no longer here.',
    meaning: 'A route after its sunset, or a thing that has expired for good.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    title: 'A condition of the request does not hold.',
    meaning: 'If-Match and its like, or a protocol version that is not spoken here.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests; please wait a moment.',
    meaning: 'A limit by route, address, account or key was reached; Retry-After says for how long.',
  },

  // Who the client is
  UNAUTHENTICATED: {
    status: 401,
    title: 'Please sign in.',
    meaning: 'No token, or one that is not valid, or that was revoked.',
  },
  TOKEN_EXPIRED: {
    status: 401,
    title: 'Your session needs to be refreshed.',
    meaning: 'The access token was good once; a refresh gives a new one.',
  },
  SESSION_EXPIRED: {
    status: 401,
    title: 'Your session has ended; please sign in again.',
    meaning: 'The refresh token or session is over or unknown.',
  },
  TOKEN_REUSED: {
    status: 401,
    title: 'This session was ended for safety; please sign in again.',
    meaning: 'A refresh token was used again after its grace; the whole line is revoked.',
  },
  INVALID_CREDENTIALS: {
    status: 401,
    title: 'E-mail or password is not right.',
    meaning: 'Sign-in failed; the answer does not tell whether the account exists.',
  },
  ACCOUNT_DISABLED: {
    status: 403,
    title: 'This account is disabled.',
    meaning: 'The right password for an account that an administrator switched off.',
  },
  REVOCATIONS_STALE: {
    status: 503,
    title: 'We cannot check your session right now.',
    meaning: 'The list of revoked sessions is older than allowed; refused rather than served.',
  },
  ELEVATION_REQUIRED: {
    status: 403,
    title: 'Please confirm that it is you.',
    meaning: 'The action needs a fresh sign-in or a second factor.',
  },
  MFA_REQUIRED: {
    status: 401,
    title: 'Please enter your second factor.',
    meaning: 'The password was right; a one-time code must follow.',
  },
  CODE_INVALID: {
    status: 401,
    title: 'This code is not right or no longer valid.',
    meaning: 'A one-time code or ticket is wrong, used, expired, or was tried too often.',
  },

  // What the client may do
  FORBIDDEN: {
    status: 403,
    title: 'You may not do this.',
    meaning: 'The role or a rule of the family does not allow the action.',
  },
  NOT_A_MEMBER: {
    status: 403,
    title: 'You are not a member of this family.',
    meaning: 'A switch to a family where no active membership exists.',
  },
  LAST_OWNER: {
    status: 409,
    title: 'A family needs an owner; hand it over first.',
    meaning: 'The last OWNER can neither leave, be removed, nor be demoted.',
  },
  PARENTAL_RESTRICTED: {
    status: 403,
    title: 'Your parents have limited this.',
    meaning: 'Parental controls forbid it.',
  },
  NOT_ENTITLED: {
    status: 403,
    title: 'This is not part of your plan.',
    meaning: 'No entitlement for the content or feature.',
  },

  // Accounts and families
  EMAIL_EXISTS: {
    status: 409,
    title: 'This e-mail address has an account already.',
    meaning: 'Sign-up with a known address.',
  },
  PASSWORD_REFUSED: {
    status: 400,
    title: 'This password is not strong enough.',
    meaning: 'Too short, too common, or known from a breach; `detail` says which.',
  },
  ALREADY_MEMBER: {
    status: 409,
    title: 'This person is a member already.',
    meaning: 'An invitation was accepted by someone who belongs to the family.',
  },
  INVITATION_INVALID: {
    status: 404,
    title: 'This invitation is not valid any more.',
    meaning:
      'Unknown, used, withdrawn or expired, meant for another address, or of somebody who may no longer give it.',
  },
  SIGNUP_DISABLED: {
    status: 403,
    title: 'New accounts are by invitation only.',
    meaning: 'The operator switched open sign-up off.',
  },
  DEVICE_NOT_TRUSTED: {
    status: 403,
    title: 'This device is not trusted yet.',
    meaning: 'The device is unknown, not approved, or revoked.',
  },

  // Files, quotas, streams
  FILE_REFUSED: {
    status: 422,
    title: 'We cannot take this file.',
    meaning: 'Damaged, of a kind that is not allowed, or found to be harmful; `detail` says which.',
  },
  QUOTA_EXCEEDED: {
    status: 403,
    title: 'The limit of your family is reached.',
    meaning: 'A hard quota is full; `metric`, `limit` and `used` tell which.',
  },
  LINK_INVALID: {
    status: 403,
    title: 'This link is not valid any more.',
    meaning:
      'A signed link that was changed or has expired; one whose holder was signed out or removed is UNAUTHENTICATED.',
  },
  RANGE_NOT_SATISFIABLE: {
    status: 416,
    title: 'That part of the file does not exist.',
    meaning: 'A Range header beyond the end of the object.',
  },
  UPLOAD_OFFSET_MISMATCH: {
    status: 409,
    title: 'The upload is at another place.',
    meaning: 'tus: Upload-Offset differs from what is stored.',
  },
  UPLOAD_CHECKSUM_MISMATCH: {
    status: 460,
    title: 'The part arrived damaged; please send it again.',
    meaning: 'tus: the checksum does not fit the bytes.',
  },
  STORAGE_UNAVAILABLE: {
    status: 503,
    title: 'Files are out of reach right now.',
    meaning: 'The object store does not answer or is full.',
  },
  STREAM_LIMIT_USER: {
    status: 409,
    title: 'You are watching on too many devices.',
    meaning: 'The limit of streams per person is reached and none could be evicted.',
  },
  STREAM_LIMIT_FAMILY: {
    status: 409,
    title: 'Your family is watching on too many devices.',
    meaning: 'The limit of streams per family is reached and none could be evicted.',
  },
  STREAM_LIMIT_DEVICE: {
    status: 409,
    title: 'This device is playing something already.',
    meaning: 'The limit of streams per device is reached and none could be evicted.',
  },
  STREAM_ENDED: {
    status: 410,
    title: 'This stream has ended.',
    meaning: 'A heartbeat for a session that ended, was evicted, or fell out.',
  },

  // Repeating a request
  IDEMPOTENCY_MISMATCH: {
    status: 422,
    title: 'This key was used for another request.',
    meaning: 'Same Idempotency-Key, other body.',
  },
  IDEMPOTENCY_IN_FLIGHT: {
    status: 409,
    title: 'This request is being worked on.',
    meaning: 'Same Idempotency-Key and body while the first is still running.',
  },
  IDEMPOTENCY_ANSWER_LOST: {
    status: 409,
    title: 'This was done, but its answer was lost.',
    meaning:
      'The first request took effect and the server was killed before the answer was kept; nothing is done twice.',
  },

  // What is ours
  ADDRESS_REFUSED: {
    status: 422,
    title: 'We do not connect to this address.',
    meaning: 'An outbound address that is private, malformed, or leads to one.',
  },
  UPSTREAM_FAILED: {
    status: 502,
    title: 'Another service did not answer properly.',
    meaning: 'A call to a service outside failed.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'We cannot answer right now; please try again.',
    meaning: 'A dependency that is needed is down, or the server is shutting down.',
  },
  TIMED_OUT: {
    status: 504,
    title: 'This took too long.',
    meaning: 'The work was given up after its time limit; nothing was changed.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong on our side.',
    meaning: 'A mistake in the code; the log has it under the trace id.',
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** Every code there is. */
export type ErrorCode = keyof typeof errorTable;
