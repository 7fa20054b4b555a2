import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  admin,
  contributor,
  mayPost,
  me,
  mine,
  person,
  protectTenantTable,
  service,
  visible,
  within,
  withinMine,
} from './support';

const items = `
  create table media_items (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    file_id       uuid        not null,
    uploaded_by   uuid,
    kind          text        not null
                  constraint media_kind_known check (kind in ('photo', 'video', 'audio', 'document')),
    mime_type     text        not null,
    size          bigint      not null constraint media_size_not_negative check (size >= 0),
    sha256        text        not null constraint media_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
    width         integer     constraint media_width_positive  check (width > 0),
    height        integer     constraint media_height_positive check (height > 0),
    duration_ms   bigint      constraint media_duration_not_negative check (duration_ms >= 0),
    orientation   smallint    constraint media_orientation_known check (orientation between 1 and 8),
    taken_at      timestamptz,
    camera_make   text,
    camera_model  text,
    latitude      double precision constraint media_latitude_on_earth  check (latitude  between  -90 and  90),
    longitude     double precision constraint media_longitude_on_earth check (longitude between -180 and 180),
    altitude      double precision,
    place         text,
    blurhash      text,
    caption       text        not null default '',
    metadata      jsonb       not null default '{}',
    status        text        not null default 'pending'
                  constraint media_status_known check (status in
                    ('pending', 'processing', 'ready', 'failed', 'quarantined')),
    failure       text,
    deleted_at    timestamptz,
    deleted_by    uuid,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    constraint media_place_is_whole check ((latitude is null) = (longitude is null)),
    foreign key (family_id, file_id)     references storage.files (family_id, id) on delete cascade,
    foreign key (family_id, uploaded_by) references family_members (family_id, user_id) on delete set null (uploaded_by),
    foreign key (family_id, deleted_by)  references family_members (family_id, user_id) on delete set null (deleted_by)
  );
  comment on table media_items is
    'A picture, clip, sound or document: what it shows, how large, taken where and when.';
  create index media_items_newest   on media_items (family_id, created_at desc, id desc) where deleted_at is null;
  create index media_items_taken    on media_items (family_id, taken_at desc) where deleted_at is null;
  create index media_items_uploader on media_items (family_id, uploaded_by, created_at desc);
  create index media_items_file     on media_items (family_id, file_id);
  create index media_items_bytes    on media_items (family_id, sha256);

  create table media_variants (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    media_item_id  uuid        not null,
    variant        text        not null,
    mime_type      text        not null,
    width          integer,
    height         integer,
    size           bigint      not null constraint variant_size_not_negative check (size >= 0),
    sha256         text,
    object_key     text        not null,
    version        integer     not null default 1,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    constraint one_of_each_variant unique (family_id, media_item_id, variant),
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete cascade
  );
  comment on table media_variants is 'A smaller or converted copy of an item.';

  create table media_tags (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    media_item_id  uuid        not null,
    kind           text        not null default 'custom'
                   constraint tag_kind_known check (kind in ('person', 'place', 'event', 'custom')),
    label          text        not null constraint tag_says_something check (label ~ '\\S'),
    user_id        uuid,
    x              real        constraint tag_x_inside check (x between 0 and 1),
    y              real        constraint tag_y_inside check (y between 0 and 1),
    created_by     uuid,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    constraint tag_point_is_whole check ((x is null) = (y is null)),
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete cascade,
    foreign key (family_id, user_id)       references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, created_by)    references family_members (family_id, user_id) on delete set null (created_by)
  );
  comment on table media_tags is 'Who or what can be seen on an item, and where on it.';
  create index media_tags_of_item on media_tags (family_id, media_item_id);
  create index media_tags_person  on media_tags (family_id, user_id) where user_id is not null;

  create table media_comments (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    media_item_id  uuid        not null,
    author_id      uuid,
    body           text        not null constraint media_comment_says_something check (body ~ '\\S'),
    deleted_at     timestamptz,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete cascade,
    foreign key (family_id, author_id)     references family_members (family_id, user_id) on delete set null (author_id)
  );
  comment on table media_comments is 'What somebody says to an item.';
  create index media_comments_of_item on media_comments (family_id, media_item_id, created_at);

  create table media_favorites (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    media_item_id  uuid        not null,
    user_id        uuid        not null,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id, media_item_id),
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete cascade,
    foreign key (family_id, user_id)       references family_members (family_id, user_id) on delete cascade
  );
  comment on table media_favorites is 'Items that somebody keeps close.';`;

const albums = `
  create table albums (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    author_id    uuid,
    title        text        not null constraint album_has_a_title check (title ~ '\\S'),
    description  text        not null default '',
    visibility   text        not null default app.default_visibility()
                 constraint album_visibility_known check (visibility in ('family', 'adults_only', 'private', 'public')),
    cover_id     uuid,
    deleted_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, author_id) references family_members (family_id, user_id) on delete set null (author_id),
    foreign key (family_id, cover_id)  references media_items (family_id, id) on delete set null (cover_id)
  );
  comment on table albums is 'A collection of items with a visibility of its own.';
  create index albums_newest on albums (family_id, created_at desc) where deleted_at is null;
  create index albums_author on albums (family_id, author_id);
  comment on column albums.visibility is '"private" is for its author alone.';

  create table album_items (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    album_id       uuid        not null,
    media_item_id  uuid        not null,
    position       integer     not null default 0,
    added_by       uuid,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, album_id, media_item_id),
    foreign key (family_id, album_id)      references albums (family_id, id) on delete cascade,
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete cascade,
    foreign key (family_id, added_by)      references family_members (family_id, user_id) on delete set null (added_by)
  );
  comment on table album_items is 'What lies in an album, in order.';
  create index album_items_in_order on album_items (family_id, album_id, position, id);
  create index album_items_of_item  on album_items (family_id, media_item_id);

  create table post_assets (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    post_id        uuid        not null,
    media_item_id  uuid        not null,
    position       integer     not null default 0,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, post_id, media_item_id),
    foreign key (family_id, post_id)       references posts (family_id, id) on delete cascade,
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete cascade
  );
  comment on table post_assets is 'The pictures and clips of a post, in order.';
  create index post_assets_in_order on post_assets (family_id, post_id, position, id);
  create index post_assets_of_item  on post_assets (family_id, media_item_id);`;

const triggers = `
  create trigger note_deletion before update of deleted_at on media_items
    for each row execute function app.note_deletion();
  create trigger only_author_rewrites before update of body on media_comments
    for each row when (old.body is distinct from new.body) execute function app.only_author_rewrites('author_id');`;

/** A picture is seen by who put it there, and by whoever sees a post or an album that shows it. */
const itemSeen = `
  uploaded_by = ${me} or ${service}
  or (deleted_at is null and (
    exists (select from post_assets s where s.family_id = media_items.family_id and s.media_item_id = media_items.id)
    or exists (select from album_items s where s.family_id = media_items.family_id and s.media_item_id = media_items.id)))
  or (deleted_at is not null and ${admin})`;

/**
 * Whether the person in the context sees an item. The policies of albums and posts ask by this function, because
 * those of items look at albums and posts: spelled out in each other they would never end.
 */
const seesMedia = `
  create function app.sees_media(item uuid) returns boolean
    language plpgsql stable
  as $$
  begin
    return exists (select from public.media_items i where i.family_id = app.family_id() and i.id = item);
  end $$;`;

export class Media1763600100000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(items);
    await q.query(albums);
    await q.query(seesMedia);
    await q.query(triggers);
    await this.protectCollections(q);
    await this.protectItems(q);
    await q.query(`
      create policy shown_media on storage.files for select to nself_app using (
        exists (select from media_items i where i.family_id = files.family_id and i.file_id = files.id));`);
  }

  private async protectCollections(q: QueryRunner): Promise<void> {
    await protectTenantTable(q, 'albums', {
      read: visible(),
      insert: mine('author_id'),
      write: `${mine('author_id')} or ${admin}`,
    });
    const album = within('album_items', 'albums', 'album_id');
    await protectTenantTable(q, 'album_items', {
      read: album,
      insert: `${contributor} and added_by = ${me} and ${album}
        and app.sees_media(media_item_id)`,
      write: `added_by = ${me} or ${withinMine('album_items', 'albums', 'album_id', 'author_id')} or ${admin}`,
    });
    await protectTenantTable(q, 'post_assets', {
      read: within('post_assets', 'posts', 'post_id'),
      insert: `${withinMine('post_assets', 'posts', 'post_id', 'author_id')}
        and app.sees_media(media_item_id)`,
      write: `${withinMine('post_assets', 'posts', 'post_id', 'author_id')} or ${admin}`,
    });
  }

  private async protectItems(q: QueryRunner): Promise<void> {
    await protectTenantTable(q, 'media_items', {
      read: itemSeen,
      insert: `${mine('uploaded_by')} or ${service}`,
      write: `${mine('uploaded_by')} or ${admin}`,
    });
    await protectTenantTable(q, 'media_variants', {
      read: within('media_variants', 'media_items', 'media_item_id'),
      write: service,
    });
    for (const [table, author] of [
      ['media_tags', 'created_by'],
      ['media_comments', 'author_id'],
    ] as const) {
      const item = within(table, 'media_items', 'media_item_id');
      await protectTenantTable(q, table, {
        read: item,
        insert: `${mine(author)} and ${mayPost} and ${item}`,
        write: `${mine(author)} or ${admin}`,
      });
    }
    await protectTenantTable(q, 'media_favorites', {
      read: `user_id = ${me}`,
      write: `user_id = ${me} and ${person} and ${within('media_favorites', 'media_items', 'media_item_id')}`,
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop policy shown_media on storage.files;
      drop function app.sees_media(uuid) cascade;
      drop table post_assets, album_items, albums, media_favorites, media_comments, media_tags, media_variants,
        media_items cascade;`);
  }
}
