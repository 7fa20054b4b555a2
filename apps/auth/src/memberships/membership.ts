import type { MemberRole } from '@nself/identity';

export type MemberState = 'active' | 'inactive' | 'suspended' | 'pending_invite';

/** What a person is to one family. */
export interface Membership {
  familyId: string;
  userId: string;
  role: MemberRole;
  state: MemberState;
}

/** One of a person's families, with what they are to it. */
export interface OwnFamily {
  id: string;
  name: string;
  /** State of the family itself. */
  familyState: 'active' | 'suspended' | 'deleting';
  role: MemberRole;
  state: MemberState;
  joinedAt: Date;
  timeZone: string;
  locale: string;
}

/** One of a person's families as a statement of a group answers it, where moments are text. */
export function ownFamilyFrom(row: unknown): OwnFamily {
  const family = row as OwnFamily & { joinedAt: string };
  return { ...family, joinedAt: new Date(family.joinedAt) };
}

/** A family as tokens and answers show it. */
export interface FamilyView {
  id: string;
  name: string;
  role: MemberRole;
  state: MemberState;
}

export const familyView = ({ id, name, role, state }: OwnFamily): FamilyView => ({ id, name, role, state });

/** Can tokens speak for this family? */
export const isOpen = (family: OwnFamily): boolean =>
  family.state === 'active' && family.familyState === 'active';
