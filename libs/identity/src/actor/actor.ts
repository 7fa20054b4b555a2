import { NotAMember } from '@nself/kernel';
import { Forbidden } from '@nself/kernel';
import type { HasuraRole } from './roles';
import type { Scope } from './scopes';

/** Hasura's session variables: keys in lower case, each starts with `x-hasura-`. */
export type SessionVariables = Readonly<Record<string, string>>;

/** The key of a machine, and how many requests a minute may be made in its name. */
export interface KeyRate {
  readonly id: string;
  readonly perMinute: number;
}

/**
 * Who a request comes from. `familyId` is the one family that the token speaks for; `issuedAt` and `expiresAt` are
 * milliseconds since 1970 and null for nobody's token. A missing identity is anonymous, never the system.
 */
export interface Actor {
  readonly kind: 'user' | 'device' | 'machine' | 'anonymous';
  readonly userId: string | null;
  readonly familyId: string | null;
  readonly role: HasuraRole;
  readonly allowedRoles: readonly HasuraRole[];
  /** What a machine's key may be used for; without it nothing but the role decides. */
  readonly scopes?: readonly Scope[];
  /** The key that a machine's token was given for; without it nobody counts. */
  readonly key?: KeyRate;
  readonly sessionId: string | null;
  readonly session: SessionVariables;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
  /** The access token itself, for calls to a neighbour on behalf of the same person. Never logged. */
  readonly token?: string;
}

/** Somebody without a token. */
export const ANONYMOUS: Actor = Object.freeze({
  kind: 'anonymous',
  userId: null,
  familyId: null,
  role: 'anonymous',
  allowedRoles: ['anonymous'],
  sessionId: null,
  session: { 'x-hasura-role': 'anonymous' },
  issuedAt: null,
  expiresAt: null,
} satisfies Actor);

/**
 * The same actor in another of the roles that its token allows, as the header `x-hasura-role` asks.
 *
 * @throws Forbidden when the token does not allow it.
 */
export function inRole(actor: Actor, role: string): Actor {
  const allowed = actor.allowedRoles.find(each => each === role);
  if (!allowed) throw new Forbidden('Your token does not allow this role.');
  return { ...actor, role: allowed, session: { ...actor.session, 'x-hasura-role': allowed } };
}

/** The family that an actor speaks for. @throws NotAMember when it speaks for none */
export function familyOfActor({ familyId }: Actor): string {
  if (familyId === null) throw new NotAMember();
  return familyId;
}
