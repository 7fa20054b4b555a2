import type { ErrorCode, ProblemError } from '@nself/kernel';

/** The body of every refusal on Nhost's routes. */
export interface NhostErrorBody {
  status: number;
  message: string;
  error: string;
}

/**
 * How a refusal of our own is told to a Nhost client: its code, and its status where Nhost's differs from ours. An
 * error that Nhost knows more exactly says so itself, by a property `nhostCode`.
 */
const byCode: Partial<Record<ErrorCode, [error: string, status?: number]>> = {
  SESSION_EXPIRED: ['invalid-refresh-token'],
  TOKEN_REUSED: ['invalid-refresh-token'],
  INVALID_CREDENTIALS: ['invalid-email-password'],
  ACCOUNT_DISABLED: ['disabled-user', 401],
  EMAIL_EXISTS: ['email-already-in-use'],
  PASSWORD_REFUSED: ['password-too-short'],
  SIGNUP_DISABLED: ['signup-disabled'],
  CODE_INVALID: ['invalid-ticket'],
  INTERNAL: ['internal-server-error'],
};

/** Statuses that Nhost pairs with codes which we name ourselves. */
const byNhostCode: Readonly<Record<string, number>> = {
  'default-role-must-be-in-allowed-roles': 400,
  'disabled-endpoint': 409,
  'disabled-mfa-totp': 400,
  'email-already-verified': 400,
  'forbidden-anonymous': 403,
  'invalid-email-password': 401,
  'invalid-otp': 401,
  'invalid-pat': 401,
  'invalid-state': 400,
  'invalid-totp': 401,
  'locale-not-allowed': 400,
  'mfa-type-not-found': 400,
  'no-totp-secret': 400,
  'redirectTo-not-allowed': 400,
  'role-not-allowed': 400,
  'totp-already-active': 400,
  'unverified-user': 401,
  'user-not-anonymous': 400,
};

/** An error that knows the name which Nhost's contract has for it. */
export type NhostNamed = ProblemError & { readonly nhostCode: string };

const isNhostNamed = (error: ProblemError): error is NhostNamed =>
  'nhostCode' in error && typeof error.nhostCode === 'string';

/** The body that a Nhost client expects. */
export function nhostErrorOf(error: ProblemError): NhostErrorBody {
  const [name = 'invalid-request', status = error.status] = isNhostNamed(error)
    ? [error.nhostCode, byNhostCode[error.nhostCode]]
    : (byCode[error.code] ?? []);
  return {
    status,
    message: messageOf(error),
    error: error.status >= 500 && !isNhostNamed(error) ? 'internal-server-error' : name,
  };
}

function messageOf(error: ProblemError): string {
  const faults = error.extensions['faults'];
  if (!Array.isArray(faults)) return error.detail ?? error.title;
  return (faults as { wrong: string[] }[]).flatMap(fault => fault.wrong).join('; ');
}
