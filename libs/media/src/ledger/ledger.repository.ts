import { onlyRow, rowsOf, statement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';

/** Transactions that look at the same key wait for each other, until they end. */
export async function lockKey(manager: EntityManager, key: string): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [key]);
}

export async function announceObject(manager: EntityManager, familyId: string, key: string): Promise<string> {
  await lockKey(manager, key);
  const row = await onlyRow<{ id: string }>(
    manager,
    `insert into storage.pending_objects (family_id, object_key)
     values ($1, $2)
     returning id`,
    [familyId, key],
  );
  return row.id;
}

export async function renewAnnouncement(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`update storage.pending_objects set renewed_at = now() where id = $1`, [id]);
}

/** Says that nobody will go on with it; the next look at the key may clear it away. */
export async function abandonAnnouncement(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`update storage.pending_objects set renewed_at = '-infinity' where id = $1`, [id]);
}

/** False when the announcement is gone: a sweep took it, and perhaps the object. */
export async function confirmObject(manager: EntityManager, key: string, id: string): Promise<boolean> {
  await lockKey(manager, key);
  const { count } = await statement(manager, `delete from storage.pending_objects where id = $1`, [id]);
  return count === 1;
}

export async function doomObject(manager: EntityManager, familyId: string, key: string): Promise<void> {
  await lockKey(manager, key);
  await manager.query(
    `insert into storage.pending_objects (family_id, object_key, renewed_at)
     values ($1, $2, '-infinity')`,
    [familyId, key],
  );
}

/** Keys that somebody announced and nobody renewed within `graceMs`. */
export async function abandonedKeys(
  manager: EntityManager,
  graceMs: number,
  limit: number,
): Promise<string[]> {
  const rows = await rowsOf<{ object_key: string }>(
    manager,
    `select object_key
       from storage.pending_objects
      group by object_key
     having max(renewed_at) < now() - $1 * interval '1 millisecond'
      limit $2`,
    [graceMs, limit],
  );
  return rows.map(row => row.object_key);
}

/** Whether rows mean the object, and whether somebody alive is writing it. */
export async function standingOf(
  manager: EntityManager,
  key: string,
  graceMs: number,
): Promise<{ meant: boolean; busy: boolean }> {
  const row = await onlyRow<{ meant: boolean; busy: boolean }>(
    manager,
    `select exists (select from storage.files   where object_key = $1)
         or exists (select from media_variants  where object_key = $1) as meant,
            exists (select from storage.pending_objects
                     where object_key = $1
                       and renewed_at >= now() - $2 * interval '1 millisecond') as busy`,
    [key, graceMs],
  );
  return row;
}

export async function forgetAnnouncements(manager: EntityManager, key: string): Promise<void> {
  await manager.query(`delete from storage.pending_objects where object_key = $1`, [key]);
}

/** Every key that rows mean, in pages. */
export async function meantKeys(manager: EntityManager, after: string, limit: number): Promise<string[]> {
  const rows = await rowsOf<{ object_key: string }>(
    manager,
    `select object_key from storage.files  where object_key > $1
     union
     select object_key from media_variants where object_key > $1
     order by object_key
     limit $2`,
    [after, limit],
  );
  return rows.map(row => row.object_key);
}
