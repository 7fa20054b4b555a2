/** Roles of GraphQL and REST that the house knows; an installation may add words of its own to its metadata. */
export const HASURA_ROLES = [
  'owner',
  'admin_member',
  'adult',
  'youth',
  'child',
  'device',
  'user',
  'me',
  'anonymous',
] as const;

/** What a request acts as. `user` is signed in without a family, `me` oneself across families. */
export type HasuraRole = (typeof HASURA_ROLES)[number];

/** What a member is in a family, as the table `family_members` writes it. */
export type MemberRole = 'OWNER' | 'ADMIN' | 'ADULT_MEMBER' | 'YOUTH_MEMBER' | 'CHILD_MEMBER' | 'DEVICE';

const ROLE_OF_MEMBER: Readonly<Record<MemberRole, HasuraRole>> = {
  OWNER: 'owner',
  ADMIN: 'admin_member',
  ADULT_MEMBER: 'adult',
  YOUTH_MEMBER: 'youth',
  CHILD_MEMBER: 'child',
  DEVICE: 'device',
};

/** The GraphQL role that a member's role stands for. */
export const hasuraRoleOf = (role: MemberRole): HasuraRole => ROLE_OF_MEMBER[role];

/** A word that may be a role. Hasura's built-in `admin` never is: it knows no permissions, so no token may hold it. */
export const isRoleName = (word: unknown): word is HasuraRole =>
  typeof word === 'string' && word !== 'admin' && /^[a-z][a-z0-9_-]{0,62}$/.test(word);
