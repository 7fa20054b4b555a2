import { Injectable } from '@nestjs/common';
import type { MemberRole } from '@nself/identity';
import { onlyRow, rowsOf, type GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { MemberState, Membership, OwnFamily } from './membership';

const HOLD = 'select to_jsonb(auth.hold_standing($1)) as row';

const OF_MYSELF = `
  select family_id    as id,
         name,
         state        as "familyState",
         role,
         member_state as state,
         joined_at    as "joinedAt",
         time_zone    as "timeZone",
         locale
  from   app.my_families()
  where  member_state <> 'inactive'`;

const COLUMNS = 'family_id as "familyId", user_id as "userId", role, state';

/** Speaks SQL to `family_members`; but for {@link ofMyself} inside the family of the context only. */
@Injectable()
export class MembershipRepository {
  /**
   * Comes before whatever a token is to say of somebody: nobody takes it away until the end of the transaction. Answers
   * the moment that the token must bear (see the migration `standing`).
   */
  async holdStanding(manager: EntityManager, userId: string): Promise<Date> {
    const { row } = await onlyRow<{ row: string }>(manager, HOLD, [userId]);
    return new Date(row);
  }

  /** The same as a statement of a group; its row is the moment. */
  holdingStanding(userId: string): GroupStatement {
    return { text: HOLD, values: [userId] };
  }

  /** The families of the person in the context, oldest membership first. Crosses families by `app.my_families()`. */
  async ofMyself(manager: EntityManager): Promise<OwnFamily[]> {
    return manager.query(OF_MYSELF);
  }

  /** The same as a statement of a group; `ownFamilyFrom` reads its rows. */
  listOfMyself(): GroupStatement {
    return { text: `select to_jsonb(f) as row from (${OF_MYSELF}) f`, values: [] };
  }

  async find(manager: EntityManager, familyId: string, userId: string): Promise<Membership | undefined> {
    return this.one(manager, familyId, userId, '');
  }

  /** Finds and locks, so that two changes of one member take turns. */
  async lock(manager: EntityManager, familyId: string, userId: string): Promise<Membership | undefined> {
    return this.one(manager, familyId, userId, 'for update');
  }

  /** Finds and locks two members, in an order that is the same for everybody, so that nobody waits in a circle. */
  async lockBoth(
    manager: EntityManager,
    familyId: string,
    userId: string,
    otherId: string,
  ): Promise<[Membership | undefined, Membership | undefined]> {
    const rows = await rowsOf<Membership>(
      manager,
      `select ${COLUMNS}
       from   family_members
       where  family_id = $1 and user_id in ($2, $3) and state <> 'inactive'
       order  by user_id
       for    update`,
      [familyId, userId, otherId],
    );
    const of = (id: string): Membership | undefined => rows.find(each => each.userId === id.toLowerCase());
    return [of(userId), of(otherId)];
  }

  /** Makes somebody a member, or an active one again. */
  async join(manager: EntityManager, membership: Omit<Membership, 'state'>): Promise<void> {
    await manager.query(
      `insert into family_members (family_id, user_id, role, state)
       values ($1, $2, $3, 'active')
       on conflict (family_id, user_id)
         do update set role = excluded.role, state = 'active', joined_at = now(), left_at = null`,
      [membership.familyId, membership.userId, membership.role],
    );
  }

  async setRole(manager: EntityManager, familyId: string, userId: string, role: MemberRole): Promise<void> {
    await manager.query('update family_members set role = $3 where family_id = $1 and user_id = $2', [
      familyId,
      userId,
      role,
    ]);
  }

  async setState(
    manager: EntityManager,
    familyId: string,
    userId: string,
    state: MemberState,
  ): Promise<void> {
    await manager.query(
      `update family_members
       set    state = $3, left_at = case when $3 = 'inactive' then now() end
       where  family_id = $1 and user_id = $2`,
      [familyId, userId, state],
    );
  }

  private async one(
    manager: EntityManager,
    familyId: string,
    userId: string,
    lock: '' | 'for update',
  ): Promise<Membership | undefined> {
    const rows = await rowsOf<Membership>(
      manager,
      `select ${COLUMNS}
       from   family_members
       where  family_id = $1 and user_id = $2 and state <> 'inactive'
       ${lock}`,
      [familyId, userId],
    );
    return rows[0];
  }
}
