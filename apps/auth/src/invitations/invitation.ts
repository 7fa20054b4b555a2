import type { MemberRole } from '@nself/identity';

/** An invitation as stewards see it; the token itself is shown once, when it is made. */
export interface Invitation {
  id: string;
  familyId: string;
  email: string | null;
  role: MemberRole;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  usedBy: string | null;
  revokedAt: Date | null;
}

export type InvitationState = 'open' | 'used' | 'withdrawn' | 'expired';

export interface InvitationView {
  id: string;
  email: string | null;
  role: MemberRole;
  state: InvitationState;
  invitedBy: string | null;
  createdAt: string;
  expiresAt: string;
}

export const invitationView = (invitation: Invitation): InvitationView => ({
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  state: stateOf(invitation),
  invitedBy: invitation.invitedBy,
  createdAt: invitation.createdAt.toISOString(),
  expiresAt: invitation.expiresAt.toISOString(),
});

function stateOf({ usedAt, revokedAt, expiresAt }: Invitation): InvitationState {
  if (usedAt) return 'used';
  if (revokedAt) return 'withdrawn';
  return expiresAt.getTime() <= Date.now() ? 'expired' : 'open';
}

/** An invitation that can still be accepted, as it is found by its token. */
export interface OpenInvitation {
  id: string;
  familyId: string;
  familyName: string;
  email: string | null;
  role: MemberRole;
  invitedBy: string | null;
}
