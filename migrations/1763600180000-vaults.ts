import type { MigrationInterface, QueryRunner } from 'typeorm';
import { adult, crossFamilies, me, protectTenantTable, service } from './support';

const tables = `
  create table family_data_keys (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    version      integer     not null default 1,
    wrapped_key  bytea       not null,
    retired_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, version)
  );
  comment on table family_data_keys is
    'The keys that encrypt what lies in the vaults of a family, wrapped by the master key.';
  comment on column family_data_keys.wrapped_key is 'AES-256 key of the family, sealed with the installation''s master key.';

  create table legacy_vaults (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid        not null references families on delete cascade,
    owner_id         uuid        not null,
    title            text        not null constraint vault_has_a_title check (title ~ '\\S'),
    description      text        not null default '',
    state            text        not null default 'active'
                     constraint vault_state_known check (state in ('active', 'sealed', 'released')),
    condition        text        not null default 'manual'
                     constraint vault_condition_known check (condition in ('manual', 'time', 'death_verification')),
    release_at       timestamptz,
    trustees_needed  integer     constraint two_trustees_at_least check (trustees_needed >= 2),
    waiting_days     integer     constraint waiting_is_long_enough check (waiting_days between 1 and 365),
    sealed_at        timestamptz,
    released_at      timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (family_id, id),
    constraint timed_vault_has_its_time check (condition <> 'time' or release_at is not null),
    constraint death_is_verified_by_trustees check
      (condition <> 'death_verification' or (trustees_needed is not null and waiting_days is not null)),
    foreign key (family_id, owner_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table legacy_vaults is 'What somebody leaves to others, and when they get it.';
  create index legacy_vaults_owner on legacy_vaults (family_id, owner_id);
  create index legacy_vaults_timed on legacy_vaults (release_at) where state = 'sealed' and condition = 'time';

  create table vault_items (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    vault_id       uuid        not null,
    kind           text        not null constraint vault_item_kind_known check (kind in ('letter', 'document', 'media', 'message')),
    title          text        not null default '',
    content        bytea,
    data_key_id    uuid,
    media_item_id  uuid,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    constraint sealed_content_names_its_key check (content is null or data_key_id is not null),
    foreign key (family_id, vault_id)      references legacy_vaults (family_id, id) on delete cascade,
    foreign key (family_id, data_key_id)   references family_data_keys (family_id, id),
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete set null (media_item_id)
  );
  comment on table vault_items is 'A letter, document or picture in a vault, encrypted.';
  create index vault_items_of_vault on vault_items (family_id, vault_id);
  comment on column vault_items.content is 'AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag.';

  create table vault_recipients (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    vault_id     uuid        not null,
    user_id      uuid        not null,
    note         text        not null default '',
    notified_at  timestamptz,
    viewed_at    timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, vault_id, user_id),
    foreign key (family_id, vault_id) references legacy_vaults (family_id, id) on delete cascade,
    foreign key (family_id, user_id)  references family_members (family_id, user_id) on delete cascade
  );
  comment on table vault_recipients is 'Who gets it, once it is released.';
  create index vault_recipients_person on vault_recipients (family_id, user_id);

  create table vault_trustees (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    vault_id    uuid        not null,
    user_id     uuid        not null,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, vault_id, user_id),
    foreign key (family_id, vault_id) references legacy_vaults (family_id, id) on delete cascade,
    foreign key (family_id, user_id)  references family_members (family_id, user_id) on delete cascade
  );
  comment on table vault_trustees is 'Who can vouch that its owner has died.';
  create index vault_trustees_person on vault_trustees (family_id, user_id);

  create table vault_release_requests (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    vault_id      uuid        not null,
    requested_by  uuid        not null,
    reason        text        not null default '',
    waits_until   timestamptz not null default now(),
    objected_at   timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, vault_id, id),
    foreign key (family_id, vault_id, requested_by)
      references vault_trustees (family_id, vault_id, user_id) on delete cascade,
    foreign key (family_id, vault_id) references legacy_vaults (family_id, id) on delete cascade
  );
  comment on table vault_release_requests is
    'A trustee asks for its release; until the waiting time is over its owner can object.';
  create unique index one_open_release_request on vault_release_requests (family_id, vault_id) where objected_at is null;
  comment on column vault_release_requests.waits_until is 'Set by the database: until then the owner can object, and then it is void.';

  create table vault_release_confirmations (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    vault_id    uuid        not null,
    request_id  uuid        not null,
    user_id     uuid        not null,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint a_trustee_confirms_once unique (family_id, request_id, user_id),
    foreign key (family_id, vault_id, request_id)
      references vault_release_requests (family_id, vault_id, id) on delete cascade,
    foreign key (family_id, vault_id, user_id)
      references vault_trustees (family_id, vault_id, user_id) on delete cascade
  );
  comment on table vault_release_confirmations is 'Each row is one named trustee who vouches for the death.';`;

const part = `
  -- Vaults ask who has a part in them and parts ask for their vault: this looks for the one who asks, and nobody else.
  create function app.my_vaults() returns table (vault_id uuid, part text, state text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select v.id, 'owner', v.state from public.legacy_vaults v
      where  v.family_id = app.family_id() and v.owner_id = app.user_id()
      union all
      select v.id, 'trustee', v.state from public.legacy_vaults v
      join   public.vault_trustees t on t.family_id = v.family_id and t.vault_id = v.id
      where  v.family_id = app.family_id() and t.user_id = app.user_id()
      union all
      select v.id, 'recipient', v.state from public.legacy_vaults v
      join   public.vault_recipients r on r.family_id = v.family_id and r.vault_id = v.id
      where  v.family_id = app.family_id() and r.user_id = app.user_id();
    end;`;

const vaultsOf = (condition: string) => `(select v.vault_id from app.my_vaults() v where ${condition})`;
const owned = vaultsOf("v.part = 'owner'");
const ownedActive = vaultsOf("v.part = 'owner' and v.state = 'active'");
const entrusted = vaultsOf("v.part = 'trustee' and v.state <> 'active'");
const received = vaultsOf("v.part = 'recipient' and v.state = 'released'");

export class Vaults1763600180000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    await q.query(part);
    await crossFamilies(q, 'app.my_vaults()', {
      callers: 'nself_app',
      needs: ['select on legacy_vaults', 'select on vault_trustees', 'select on vault_recipients'],
    });
    await protectTenantTable(q, 'family_data_keys', {
      grants: 'select, insert, update',
      write: 'true',
      announce: false,
    });
    await protectTenantTable(q, 'legacy_vaults', {
      read: `owner_id = ${me} or id in ${entrusted} or id in ${received} or ${service}`,
      insert: `owner_id = ${me} and ${adult}`,
      update: `owner_id = ${me} or id in ${entrusted} or ${service}`,
      delete: `owner_id = ${me} and state = 'active'`,
    });
    await protectTenantTable(q, 'vault_items', {
      read: `vault_id in ${owned} or vault_id in ${received}`,
      write: `vault_id in ${ownedActive}`,
    });
    await this.protectParts(q);
  }

  private async protectParts(q: QueryRunner): Promise<void> {
    await protectTenantTable(q, 'vault_recipients', {
      read: `vault_id in ${owned} or (user_id = ${me} and vault_id in ${received}) or ${service}`,
      write: `vault_id in ${ownedActive}`,
      update: `vault_id in ${ownedActive} or (user_id = ${me} and vault_id in ${received}) or ${service}`,
    });
    await protectTenantTable(q, 'vault_trustees', {
      read: `vault_id in ${owned} or vault_id in ${entrusted}`,
      write: `vault_id in ${ownedActive}`,
    });
    await protectTenantTable(q, 'vault_release_requests', {
      grants: 'select, insert, update',
      read: `vault_id in ${owned} or vault_id in ${entrusted} or ${service}`,
      insert: `requested_by = ${me} and vault_id in ${entrusted}`,
      update: `vault_id in ${owned}`,
    });
    await protectTenantTable(q, 'vault_release_confirmations', {
      grants: 'select, insert, delete',
      read: `vault_id in ${owned} or vault_id in ${entrusted} or ${service}`,
      insert: `user_id = ${me} and vault_id in ${entrusted}`,
      delete: `user_id = ${me}`,
    });
  }

  /** `cascade` takes the functions along whose bodies Postgres has read. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table vault_release_confirmations, vault_release_requests, vault_trustees, vault_recipients, vault_items,
        legacy_vaults, family_data_keys cascade;`);
  }
}
