import { Injectable } from '@nestjs/common';
import type { MemberRole } from '@nself/identity';
import type { CursorPosition } from '@nself/kernel';
import { firstOf, rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Invitation, OpenInvitation } from './invitation';

const COLUMNS = `
  id, family_id as "familyId", email, role, invited_by as "invitedBy", created_at as "createdAt",
  expires_at as "expiresAt", used_at as "usedAt", used_by as "usedBy", revoked_at as "revokedAt"`;

export interface NewInvitation {
  familyId: string;
  email: string | null;
  role: MemberRole;
  tokenHash: string;
  invitedBy: string;
  lifeSeconds: number;
}

/** Speaks SQL to `family_invitations`; {@link findByToken} crosses families by a function made for it. */
@Injectable()
export class InvitationRepository {
  async insert(manager: EntityManager, invitation: NewInvitation): Promise<Invitation> {
    const [made] = await rowsOf<Invitation>(
      manager,
      `insert into family_invitations (family_id, email, role, token_hash, invited_by, expires_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
       returning ${COLUMNS}`,
      [
        invitation.familyId,
        invitation.email,
        invitation.role,
        invitation.tokenHash,
        invitation.invitedBy,
        invitation.lifeSeconds,
      ],
    );
    return made as Invitation;
  }

  /** Newest first, from after the cursor on. */
  async list(
    manager: EntityManager,
    familyId: string,
    after: CursorPosition | null,
    limit: number,
  ): Promise<Invitation[]> {
    return rowsOf<Invitation>(
      manager,
      `select ${COLUMNS}
       from   family_invitations
       where  family_id = $1 and ($2::uuid is null or id < $2)
       order  by id desc
       limit  $3`,
      [familyId, after?.[0] ?? null, limit],
    );
  }

  async find(manager: EntityManager, familyId: string, id: string): Promise<Invitation | undefined> {
    return firstOf<Invitation>(
      manager,
      `select ${COLUMNS} from family_invitations where family_id = $1 and id = $2`,
      [familyId, id],
    );
  }

  /** Withdraws an open invitation; answers nothing when there is none. */
  async withdraw(manager: EntityManager, familyId: string, id: string): Promise<Invitation | undefined> {
    return firstOf<Invitation>(
      manager,
      `update family_invitations set revoked_at = now()
       where  family_id = $1 and id = $2 and used_at is null and revoked_at is null
       returning ${COLUMNS}`,
      [familyId, id],
    );
  }

  /** Who invites to what, for the mail. */
  async letterhead(
    manager: EntityManager,
    familyId: string,
    inviterId: string,
  ): Promise<{ family: string; locale: string; displayName: string } | undefined> {
    return firstOf(
      manager,
      `select f.name as family, f.locale, u.display_name as "displayName"
       from   families f, auth.users u
       where  f.id = $1 and u.id = $2`,
      [familyId, inviterId],
    );
  }

  /** An invitation that can still be accepted. */
  async findByToken(manager: EntityManager, tokenHash: string): Promise<OpenInvitation | undefined> {
    return firstOf<OpenInvitation>(
      manager,
      `select id, family_id as "familyId", family_name as "familyName", email, role, invited_by as "invitedBy"
       from   app.invitation_by_token($1)
       where  used_at is null and revoked_at is null and expires_at > now()`,
      [tokenHash],
    );
  }

  /** Uses an invitation up. Of two racing people one gets it; one from before they left leads nobody back. */
  async use(manager: EntityManager, id: string, userId: string): Promise<boolean> {
    const used = await firstOf(
      manager,
      `update family_invitations i set used_at = now(), used_by = $2
       where  i.id = $1 and i.used_at is null and i.revoked_at is null and i.expires_at > now()
         and  not exists (
                select from family_members m
                where  m.family_id = i.family_id and m.user_id = $2 and m.left_at >= i.created_at)
       returning i.id`,
      [id, userId],
    );
    return used !== undefined;
  }
}
