// Generated from table.ts by `npm run generate`.
import { ProblemError, type ProblemOptions } from './problem-error';

/** 400: The request cannot be understood. Malformed JSON, a header that makes no sense, or a parameter of the wrong form. */
export class BadRequest extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('BAD_REQUEST', detail, options);
  }
}

/** 400: Some fields are not right. A body or query breaks its schema; `faults` lists each field with what is wrong. */
export class ValidationFailed extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('VALIDATION_FAILED', detail, options);
  }
}

/** 413: That is more than we take at once. The body is above the limit of this route. */
export class PayloadTooLarge extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('PAYLOAD_TOO_LARGE', detail, options);
  }
}

/** 415: We cannot read this kind of content. The content type of the body is not one that this route takes. */
export class UnsupportedMediaType extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('UNSUPPORTED_MEDIA_TYPE', detail, options);
  }
}

/** 404: There is no such thing here. Unknown route or id, or one of another family: the two are never told apart. */
export class NotFound extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('NOT_FOUND', detail, options);
  }
}

/** 405: That cannot be done to this address. The route exists for other methods only. */
export class MethodNotAllowed extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('METHOD_NOT_ALLOWED', detail, options);
  }
}

/** 409: Something changed in the meantime. The change contradicts the present state; read it again and decide. */
export class Conflict extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('CONFLICT', detail, options);
  }
}

/** 410: This is no longer here. A route after its sunset, or a thing that has expired for good. */
export class Gone extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('GONE', detail, options);
  }
}

/** 412: A condition of the request does not hold. If-Match and its like, or a protocol version that is not spoken here. */
export class PreconditionFailed extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('PRECONDITION_FAILED', detail, options);
  }
}

/** 429: Too many requests; please wait a moment. A limit by route, address, account or key was reached; Retry-After says for how long. */
export class RateLimited extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('RATE_LIMITED', detail, options);
  }
}

/** 401: Please sign in. No token, or one that is not valid, or that was revoked. */
export class Unauthenticated extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('UNAUTHENTICATED', detail, options);
  }
}

/** 401: Your session needs to be refreshed. The access token was good once; a refresh gives a new one. */
export class TokenExpired extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('TOKEN_EXPIRED', detail, options);
  }
}

/** 401: Your session has ended; please sign in again. The refresh token or session is over or unknown. */
export class SessionExpired extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('SESSION_EXPIRED', detail, options);
  }
}

/** 401: This session was ended for safety; please sign in again. A refresh token was used again after its grace; the whole line is revoked. */
export class TokenReused extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('TOKEN_REUSED', detail, options);
  }
}

/** 401: E-mail or password is not right. Sign-in failed; the answer does not tell whether the account exists. */
export class InvalidCredentials extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('INVALID_CREDENTIALS', detail, options);
  }
}

/** 403: This account is disabled. The right password for an account that an administrator switched off. */
export class AccountDisabled extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('ACCOUNT_DISABLED', detail, options);
  }
}

/** 503: We cannot check your session right now. The list of revoked sessions is older than allowed; refused rather than served. */
export class RevocationsStale extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('REVOCATIONS_STALE', detail, options);
  }
}

/** 403: Please confirm that it is you. The action needs a fresh sign-in or a second factor. */
export class ElevationRequired extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('ELEVATION_REQUIRED', detail, options);
  }
}

/** 401: Please enter your second factor. The password was right; a one-time code must follow. */
export class MfaRequired extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('MFA_REQUIRED', detail, options);
  }
}

/** 401: This code is not right or no longer valid. A one-time code or ticket is wrong, used, expired, or was tried too often. */
export class CodeInvalid extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('CODE_INVALID', detail, options);
  }
}

/** 403: You may not do this. The role or a rule of the family does not allow the action. */
export class Forbidden extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('FORBIDDEN', detail, options);
  }
}

/** 403: You are not a member of this family. A switch to a family where no active membership exists. */
export class NotAMember extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('NOT_A_MEMBER', detail, options);
  }
}

/** 409: A family needs an owner; hand it over first. The last OWNER can neither leave, be removed, nor be demoted. */
export class LastOwner extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('LAST_OWNER', detail, options);
  }
}

/** 403: Your parents have limited this. Parental controls forbid it. */
export class ParentalRestricted extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('PARENTAL_RESTRICTED', detail, options);
  }
}

/** 403: This is not part of your plan. No entitlement for the content or feature. */
export class NotEntitled extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('NOT_ENTITLED', detail, options);
  }
}

/** 409: This e-mail address has an account already. Sign-up with a known address. */
export class EmailExists extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('EMAIL_EXISTS', detail, options);
  }
}

/** 400: This password is not strong enough. Too short, too common, or known from a breach; `detail` says which. */
export class PasswordRefused extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('PASSWORD_REFUSED', detail, options);
  }
}

/** 409: This person is a member already. An invitation was accepted by someone who belongs to the family. */
export class AlreadyMember extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('ALREADY_MEMBER', detail, options);
  }
}

/** 404: This invitation is not valid any more. Unknown, used, withdrawn or expired, meant for another address, or of somebody who may no longer give it. */
export class InvitationInvalid extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('INVITATION_INVALID', detail, options);
  }
}

/** 403: New accounts are by invitation only. The operator switched open sign-up off. */
export class SignupDisabled extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('SIGNUP_DISABLED', detail, options);
  }
}

/** 403: This device is not trusted yet. The device is unknown, not approved, or revoked. */
export class DeviceNotTrusted extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('DEVICE_NOT_TRUSTED', detail, options);
  }
}

/** 422: We cannot take this file. Damaged, of a kind that is not allowed, or found to be harmful; `detail` says which. */
export class FileRefused extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('FILE_REFUSED', detail, options);
  }
}

/** 403: The limit of your family is reached. A hard quota is full; `metric`, `limit` and `used` tell which. */
export class QuotaExceeded extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('QUOTA_EXCEEDED', detail, options);
  }
}

/** 403: This link is not valid any more. A signed link that was changed or has expired; one whose holder was signed out or removed is UNAUTHENTICATED. */
export class LinkInvalid extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('LINK_INVALID', detail, options);
  }
}

/** 416: That part of the file does not exist. A Range header beyond the end of the object. */
export class RangeNotSatisfiable extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('RANGE_NOT_SATISFIABLE', detail, options);
  }
}

/** 409: The upload is at another place. tus: Upload-Offset differs from what is stored. */
export class UploadOffsetMismatch extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('UPLOAD_OFFSET_MISMATCH', detail, options);
  }
}

/** 460: The part arrived damaged; please send it again. tus: the checksum does not fit the bytes. */
export class UploadChecksumMismatch extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('UPLOAD_CHECKSUM_MISMATCH', detail, options);
  }
}

/** 503: Files are out of reach right now. The object store does not answer or is full. */
export class StorageUnavailable extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('STORAGE_UNAVAILABLE', detail, options);
  }
}

/** 409: You are watching on too many devices. The limit of streams per person is reached and none could be evicted. */
export class StreamLimitUser extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('STREAM_LIMIT_USER', detail, options);
  }
}

/** 409: Your family is watching on too many devices. The limit of streams per family is reached and none could be evicted. */
export class StreamLimitFamily extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('STREAM_LIMIT_FAMILY', detail, options);
  }
}

/** 409: This device is playing something already. The limit of streams per device is reached and none could be evicted. */
export class StreamLimitDevice extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('STREAM_LIMIT_DEVICE', detail, options);
  }
}

/** 410: This stream has ended. A heartbeat for a session that ended, was evicted, or fell out. */
export class StreamEnded extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('STREAM_ENDED', detail, options);
  }
}

/** 422: This key was used for another request. Same Idempotency-Key, other body. */
export class IdempotencyMismatch extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('IDEMPOTENCY_MISMATCH', detail, options);
  }
}

/** 409: This request is being worked on. Same Idempotency-Key and body while the first is still running. */
export class IdempotencyInFlight extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('IDEMPOTENCY_IN_FLIGHT', detail, options);
  }
}

/** 409: This was done, but its answer was lost. The first request took effect and the server was killed before the answer was kept; nothing is done twice. */
export class IdempotencyAnswerLost extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('IDEMPOTENCY_ANSWER_LOST', detail, options);
  }
}

/** 422: We do not connect to this address. An outbound address that is private, malformed, or leads to one. */
export class AddressRefused extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('ADDRESS_REFUSED', detail, options);
  }
}

/** 502: Another service did not answer properly. A call to a service outside failed. */
export class UpstreamFailed extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('UPSTREAM_FAILED', detail, options);
  }
}

/** 503: We cannot answer right now; please try again. A dependency that is needed is down, or the server is shutting down. */
export class Unavailable extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('UNAVAILABLE', detail, options);
  }
}

/** 504: This took too long. The work was given up after its time limit; nothing was changed. */
export class TimedOut extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('TIMED_OUT', detail, options);
  }
}

/** 500: Something went wrong on our side. A mistake in the code; the log has it under the trace id. */
export class Internal extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('INTERNAL', detail, options);
  }
}
