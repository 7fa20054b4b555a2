import type { MemberRole } from '@nself/identity';
import type { OwnFamily } from '../memberships';

/** A family with what the reader is to it. */
export interface Family {
  id: string;
  name: string;
  description: string;
  timeZone: string;
  locale: string;
  settings: Record<string, unknown>;
  state: 'active' | 'suspended' | 'deleting';
  createdAt: Date;
}

export interface FamilyAnswer {
  id: string;
  name: string;
  description: string;
  timeZone: string;
  locale: string;
  settings: Record<string, unknown>;
  state: string;
  createdAt: string;
  role: MemberRole;
}

export const familyAnswer = (family: Family, role: MemberRole): FamilyAnswer => ({
  ...family,
  createdAt: family.createdAt.toISOString(),
  role,
});

/** One line of the list of one's families. */
export interface OwnFamilyAnswer {
  id: string;
  name: string;
  timeZone: string;
  locale: string;
  state: string;
  role: MemberRole;
  memberState: string;
  joinedAt: string;
}

export const ownFamilyAnswer = (family: OwnFamily): OwnFamilyAnswer => ({
  id: family.id,
  name: family.name,
  timeZone: family.timeZone,
  locale: family.locale,
  state: family.familyState,
  role: family.role,
  memberState: family.state,
  joinedAt: family.joinedAt.toISOString(),
});
