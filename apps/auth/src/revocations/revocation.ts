/**
 * What is refused from a moment on: one session, every session of a person, a person's tokens for one family, or a
 * device. Tokens that were issued later are good again.
 */
export type Revocation =
  | { kind: 'session'; sessionId: string; userId: string }
  | { kind: 'user'; userId: string }
  | { kind: 'member'; userId: string; familyId: string }
  | { kind: 'device'; deviceId: string };

/** A revocation that has been written down; `at` is in milliseconds since 1970. */
export type Revoked = Revocation & { at: number };
