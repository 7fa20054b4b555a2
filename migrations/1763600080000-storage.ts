import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTenantTable } from './support';

const tables = `
  create table storage.buckets (
    id                      text        primary key,
    created_at              timestamptz not null default now(),
    updated_at              timestamptz not null default now(),
    download_expiration     integer     not null default 30
                            constraint download_expiration_in_range check (download_expiration between 1 and 604800),
    min_upload_file_size    integer     not null default 1,
    max_upload_file_size    bigint      not null default 2147483648,
    cache_control           text        default 'max-age=3600',
    presigned_urls_enabled  boolean     not null default true,
    allowed_types           text[],
    constraint bucket_sizes_in_order check (min_upload_file_size <= max_upload_file_size)
  );
  comment on table storage.buckets is 'What may be uploaded where: sizes, kinds, how long links live.';
  comment on column storage.buckets.allowed_types is 'MIME types or "image/*"; null leaves it to the common allow-list.';

  insert into storage.buckets (id) values ('default'), ('media'), ('exports');

  -- Same bytes twice in one family share one stored object, never a row or a right: the object is named by its hash.
  create table storage.files (
    id                   uuid        primary key default app.uuid_v7(),
    family_id            uuid        not null references families on delete cascade,
    bucket_id            text        not null default 'default' references storage.buckets on update cascade,
    name                 text,
    size                 bigint,
    mime_type            text,
    etag                 text,
    is_uploaded          boolean     not null default false,
    uploaded_by_user_id  uuid,
    metadata             jsonb,
    sha256               text        constraint file_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
    object_key           text,
    state                text        not null default 'ready'
                         constraint file_state_known check (state in ('pending', 'ready', 'quarantined')),
    created_at           timestamptz not null default now(),
    updated_at           timestamptz not null default now(),
    unique (family_id, id),
    constraint file_size_not_negative check (size >= 0),
    foreign key (family_id, uploaded_by_user_id) references family_members (family_id, user_id)
      on delete set null (uploaded_by_user_id)
  );
  comment on table storage.files is
    'A file of the family: which stored object it means. The same bytes share one object.';
  create index files_same_bytes on storage.files (family_id, sha256);
  create index files_object     on storage.files (object_key);
  create index files_uploader   on storage.files (family_id, uploaded_by_user_id, created_at desc);

  grant select on storage.buckets to nself_app;
  create trigger touch before update on storage.buckets for each row execute function app.touch();`;

export class Storage1763600080000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    // Who may read a file is settled with the media, where its visibility is known.
    const own = `(uploaded_by_user_id = (select app.user_id()) and (select app.is_contributor()))
      or (select app.role()) = 'service'`;
    await protectTenantTable(q, 'storage.files', {
      read: own,
      insert: own,
      update: own,
      delete: `${own} or (select app.is_admin())`,
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table storage.files, storage.buckets');
  }
}
