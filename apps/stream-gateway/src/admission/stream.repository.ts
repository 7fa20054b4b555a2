import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { firstOf, onlyRow, rowsOf, statement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { StartStreamDto } from './stream.dto';

/** How many streams run, and how many may; a limit of null is none. */
export interface Occupancy {
  readonly family: number;
  readonly user: number;
  readonly device: number;
  readonly familyLimit: number | null;
  readonly userLimit: number | null;
  readonly deviceLimit: number | null;
}

export interface PlayableRow {
  readonly media_item_id: string | null;
  readonly source_url: string | null;
  readonly user_id: string | null;
  readonly device_id: string;
}

@Injectable()
export class StreamRepository {
  /** Admissions of one family queue up here until the transaction ends, so the count and the insert are one step. */
  async lockFamily(manager: EntityManager, familyId: string): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended('streams:' || $1, 0))`, [familyId]);
  }

  async contentExists(manager: EntityManager, familyId: string, id: string): Promise<boolean> {
    const rows = await rowsOf<unknown>(
      manager,
      `select from stream_contents where family_id = $1 and id = $2 and active`,
      [familyId, id],
    );
    return rows.length === 1;
  }

  async deviceIsTrusted(manager: EntityManager, familyId: string, id: string): Promise<boolean> {
    const rows = await rowsOf<unknown>(
      manager,
      `select from devices where family_id = $1 and id = $2 and trusted and revoked_at is null`,
      [familyId, id],
    );
    return rows.length === 1;
  }

  async occupancy(
    manager: EntityManager,
    actor: Actor,
    deviceId: string,
    silenceMs: number,
  ): Promise<Occupancy> {
    const row = await onlyRow<Record<string, string | null>>(
      manager,
      `select count(*)                                                              as family,
              count(*) filter (where user_id   = $2)                                as "user",
              count(*) filter (where device_id = $3)                                as device,
              (select q.hard_limit from app.quota($1, 'streams_per_family') q)      as "familyLimit",
              (select q.hard_limit from app.quota($1, 'streams_per_user')   q)      as "userLimit",
              (select q.hard_limit from app.quota($1, 'streams_per_device') q)      as "deviceLimit"
         from stream_sessions
        where family_id = $1
          and ended_at is null
          and heartbeat_at > clock_timestamp() - $4 * interval '1 millisecond'`,
      [actor.familyId, actor.userId, deviceId, silenceMs],
    );
    const number = (name: string): number => Number(row[name]);
    const limit = (name: string): number | null => (row[name] === null ? null : Number(row[name]));
    return {
      family: number('family'),
      user: number('user'),
      device: number('device'),
      familyLimit: limit('familyLimit'),
      userLimit: limit('userLimit'),
      deviceLimit: limit('deviceLimit'),
    };
  }

  async insert(
    manager: EntityManager,
    actor: Actor,
    { contentId, deviceId }: StartStreamDto,
  ): Promise<string> {
    const row = await onlyRow<{ id: string }>(
      manager,
      `insert into stream_sessions (family_id, user_id, device_id, content_id)
       values ($1, $2, $3, $4)
       returning id`,
      [actor.familyId, actor.userId, deviceId, contentId],
    );
    return row.id;
  }

  /** False when there is no such running stream of this person. */
  async beat(manager: EntityManager, actor: Actor, id: string, state: string): Promise<boolean> {
    const { count } = await statement(
      manager,
      `update stream_sessions
          set heartbeat_at = clock_timestamp(),
              state        = $4,
              state_since  = case when state = $4 then state_since else clock_timestamp() end
        where family_id = $1 and id = $2 and user_id is not distinct from $3 and ended_at is null`,
      [actor.familyId, id, actor.userId, state],
    );
    return count === 1;
  }

  async end(manager: EntityManager, actor: Actor, id: string): Promise<boolean> {
    const { count } = await statement(
      manager,
      `update stream_sessions
          set ended_at = clock_timestamp(), end_reason = 'stopped'
        where family_id = $1 and id = $2 and user_id is not distinct from $3 and ended_at is null`,
      [actor.familyId, id, actor.userId],
    );
    return count === 1;
  }

  /** What a running session plays; nothing once it has ended or fallen silent, or its person has left the family. */
  async playable(
    manager: EntityManager,
    familyId: string,
    id: string,
    silenceMs: number,
  ): Promise<PlayableRow | undefined> {
    const row = await firstOf<PlayableRow>(
      manager,
      `select c.media_item_id, c.source_url, s.user_id, s.device_id
         from stream_sessions s
         join stream_contents c on c.family_id = s.family_id and c.id = s.content_id
         join devices         d on d.family_id = s.family_id and d.id = s.device_id
        where s.family_id = $1 and s.id = $2
          and s.ended_at is null and d.trusted and c.active
          and s.heartbeat_at > clock_timestamp() - $3 * interval '1 millisecond'
          and (s.user_id is null or exists (
                 select from family_members m
                  where m.family_id = s.family_id and m.user_id = s.user_id and m.state = 'active'))`,
      [familyId, id, silenceMs],
    );
    return row;
  }

  async endSilent(manager: EntityManager, silenceMs: number): Promise<number> {
    const rows = await rowsOf<unknown>(
      manager,
      `select id from ops.end_silent_streams($1 * interval '1 millisecond')`,
      [silenceMs],
    );
    return rows.length;
  }
}
