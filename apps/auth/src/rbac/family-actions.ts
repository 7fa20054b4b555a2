import type { MemberRole } from '@nself/identity';

const OWNER: readonly MemberRole[] = ['OWNER'];
const STEWARDS: readonly MemberRole[] = ['OWNER', 'ADMIN'];
const PEOPLE: readonly MemberRole[] = ['OWNER', 'ADMIN', 'ADULT_MEMBER', 'YOUTH_MEMBER', 'CHILD_MEMBER'];

/** Who may do what with a family itself. The rest of the matrix lives where the rows live, in RLS and metadata. */
export const familyActions = {
  'family.read': [...PEOPLE, 'DEVICE'],
  'family.configure': STEWARDS,
  'family.transfer': OWNER,
  'family.leave': PEOPLE,
  'members.read': PEOPLE,
  'members.change-role': OWNER,
  'members.change-state': STEWARDS,
  'members.remove': STEWARDS,
  'invitations.manage': STEWARDS,
  'devices.manage': STEWARDS,
  'sessions.manage': STEWARDS,
  'api-keys.manage': STEWARDS,
} as const satisfies Record<string, readonly MemberRole[]>;

export type FamilyAction = keyof typeof familyActions;

/** Rank for "nobody grants more than they hold": the first holds most. */
const RANKS: readonly MemberRole[] = [
  'OWNER',
  'ADMIN',
  'ADULT_MEMBER',
  'YOUTH_MEMBER',
  'CHILD_MEMBER',
  'DEVICE',
];

/** Roles that a person can be given; devices are paired instead. */
export const GRANTABLE_ROLES = PEOPLE;

/** Roles that an invitation may carry; an owner is made of a member whom one knows. */
export const INVITABLE_ROLES = PEOPLE.filter(role => role !== 'OWNER');

/** May somebody with this role do this? */
export function mayDo(role: MemberRole, action: FamilyAction): boolean {
  const allowed: readonly MemberRole[] = familyActions[action];
  return allowed.includes(role);
}

/** May `granter` give `role` to somebody? Only what they hold themselves or less. */
export const mayGrant = (granter: MemberRole, role: MemberRole): boolean =>
  GRANTABLE_ROLES.includes(role) && RANKS.indexOf(granter) <= RANKS.indexOf(role);

/** May `actor` change, suspend or remove somebody who holds `role`? An OWNER is touched by owners only. */
export const mayTouch = (actor: MemberRole, role: MemberRole): boolean =>
  RANKS.indexOf(actor) <= RANKS.indexOf(role);
