import type { MemberRole } from '@nself/identity';
import { mayDo, type FamilyAction } from '../rbac';

export type MemberState = 'active' | 'inactive' | 'suspended' | 'pending_invite';

/** What a person is to one family. */
export interface Membership {
  familyId: string;
  userId: string;
  role: MemberRole;
  state: MemberState;
}

/**
 * May the one who gave something out still give it out today? A way in that was handed out by somebody who has lost the
 * right to since leads nowhere, or a steward who is removed could keep a door open for themselves.
 */
export const mayStill = (giver: Membership | undefined, action: FamilyAction): giver is Membership =>
  giver?.state === 'active' && mayDo(giver.role, action);

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
