import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTenantTable } from './support';

const pending = `
  create table storage.pending_objects (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    object_key  text        not null,
    created_at  timestamptz not null default now(),
    renewed_at  timestamptz not null default now(),
    unique (family_id, id)
  );
  create index pending_objects_key     on storage.pending_objects (object_key);
  create index pending_objects_renewed on storage.pending_objects (renewed_at);
  create index media_variants_object   on media_variants (object_key);
  comment on table storage.pending_objects is
    'Objects being written, or to be removed: what a crash leaves half done is found here and cleared away.';`;

export class ObjectLedger1763600112000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(pending);
    const writer = "(select app.is_contributor()) or (select app.role()) = 'service'";
    await protectTenantTable(q, 'storage.pending_objects', { write: writer, touch: false, announce: false });
    await q.query(`grant select, insert, update, delete on storage.pending_objects to nself_admin`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop index media_variants_object; drop table storage.pending_objects');
  }
}
