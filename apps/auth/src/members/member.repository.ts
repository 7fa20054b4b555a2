import { Injectable } from '@nestjs/common';
import type { MemberRole } from '@nself/identity';
import type { CursorPosition } from '@nself/kernel';
import { rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { MemberState } from '../memberships';

/** A member as the others see them. */
export interface Member {
  userId: string;
  displayName: string;
  avatarUrl: string;
  role: MemberRole;
  state: MemberState;
  joinedAt: Date;
}

/** Speaks SQL to `family_members` with the people behind them. */
@Injectable()
export class MemberRepository {
  /** Members in the order they joined, from after the cursor on. */
  async list(
    manager: EntityManager,
    familyId: string,
    after: CursorPosition | null,
    limit: number,
  ): Promise<Member[]> {
    return rowsOf<Member>(
      manager,
      `select m.user_id      as "userId",
              u.display_name as "displayName",
              u.avatar_url   as "avatarUrl",
              m.role,
              m.state,
              m.joined_at    as "joinedAt"
       from   family_members m
       join   auth.users u on u.id = m.user_id
       where  m.family_id = $1
         and  m.state <> 'inactive'
         and  ($2::timestamptz is null or (date_trunc('milliseconds', m.joined_at), m.user_id) > ($2, $3::uuid))
       order  by date_trunc('milliseconds', m.joined_at), m.user_id
       limit  $4`,
      [familyId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }
}
