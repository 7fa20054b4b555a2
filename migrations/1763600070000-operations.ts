import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies, protectTenantTable } from './support';

const tables = `
  -- What other systems are to be told, written in the transaction of the change itself.
  create table ops.outbox (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid,
    topic         text        not null,
    payload       jsonb       not null default '{}',
    attempts      integer     not null default 0,
    available_at  timestamptz not null default now(),
    expires_at    timestamptz,
    delivered_at  timestamptz,
    last_error    text,
    trace_id      text,
    created_at    timestamptz not null default now(),
    unique (family_id, id)
  );
  comment on table ops.outbox is
    'What other systems are to be told, written in the transaction of the change itself.';
  comment on column ops.outbox.payload    is 'Wiped when the message is delivered or given up. What is secret in it is sealed by its writer.';
  comment on column ops.outbox.expires_at is 'From this moment on nobody needs the message; null for one that always matters.';
  create index outbox_waiting on ops.outbox (available_at) where delivered_at is null;

  create table ops.webhook_deliveries (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid,
    outbox_id        uuid        references ops.outbox on delete set null,
    url              text        not null,
    event            text        not null,
    attempt          integer     not null default 1,
    request_headers  jsonb       not null default '{}',
    request_body     jsonb,
    response_status  integer,
    response_body    text,
    error            text,
    duration_ms      integer,
    created_at       timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, outbox_id) references ops.outbox (family_id, id) on delete set null (outbox_id)
  );
  comment on table ops.webhook_deliveries is 'Each call of an address of somebody else, with its answer.';
  create index webhook_deliveries_newest on ops.webhook_deliveries (family_id, created_at desc);

  -- Scope is the hash of who asked: a key means something only beside it, and no route lists keys.
  create table ops.idempotency_keys (
    scope             text        not null,
    key               text        not null,
    method            text        not null default '',
    path              text        not null default '',
    request_hash      text        not null,
    state             text        not null default 'running'
                      constraint idempotency_state_known check (state in ('running', 'effected', 'done')),
    claim             uuid        not null,
    response_status   integer,
    response_headers  jsonb,
    response_body     bytea,
    locked_until      timestamptz not null default now() + interval '1 minute',
    created_at        timestamptz not null default now(),
    expires_at        timestamptz not null default now() + interval '24 hours',
    primary key (scope, key)
  );
  comment on table ops.idempotency_keys is 'Requests that were answered, so that one sent twice takes effect once.';
  create index idempotency_keys_expiry on ops.idempotency_keys (expires_at);

  create table ops.backups (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid,
    kind         text        not null default 'full'
                 constraint backup_kind_known check (kind in ('full', 'family', 'before_upgrade')),
    state        text        not null default 'running'
                 constraint backup_state_known check (state in ('running', 'done', 'failed', 'verified', 'deleted')),
    location     text        not null,
    size_bytes   bigint,
    sha256       text,
    manifest     jsonb,
    started_at   timestamptz not null default now(),
    finished_at  timestamptz,
    verified_at  timestamptz,
    error        text,
    created_at   timestamptz not null default now(),
    unique (family_id, id)
  );
  comment on table ops.backups is 'Backups that were made, where they lie and whether they were verified.';

  create table ops.api_keys (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid,
    created_by    uuid        references auth.users on delete cascade,
    name          text        not null,
    prefix        text        not null,
    hash          text        not null unique,
    role          text        not null default 'user',
    scopes        text[]      not null default '{}',
    rate_limit    integer     not null default 60,
    last_used_at  timestamptz,
    expires_at    timestamptz,
    revoked_at    timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete cascade
  );
  comment on table ops.api_keys is 'Keys of machines, by hash, with what they may do.';
  create index api_keys_maker on ops.api_keys (created_by);`;

const crossings = `
  create function app.api_key_by_hash(hash text)
    returns table (id uuid, family_id uuid, created_by uuid, role text, scopes text[], rate_limit integer,
                   expires_at timestamptz, revoked_at timestamptz)
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    update ops.api_keys k set last_used_at = now()
    where  k.hash = api_key_by_hash.hash and k.last_used_at is distinct from now();
    select k.id, k.family_id, k.created_by, k.role, k.scopes, k.rate_limit, k.expires_at, k.revoked_at
    from   ops.api_keys k
    where  k.hash = api_key_by_hash.hash;
  $$;

  -- Keys of people without a family have no family to look from: the maker sees and ends her own.
  create function app.my_api_keys()
    returns table (id uuid, family_id uuid, name text, prefix text, role text, scopes text[], rate_limit integer,
                   last_used_at timestamptz, expires_at timestamptz, revoked_at timestamptz, created_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select k.id, k.family_id, k.name, k.prefix, k.role, k.scopes, k.rate_limit,
             k.last_used_at, k.expires_at, k.revoked_at, k.created_at
      from   ops.api_keys k
      where  k.created_by = app.user_id()
      order  by k.created_at desc;
    end;

  create function app.revoke_my_api_key(key uuid) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    with ended as (
      update ops.api_keys k set revoked_at = now()
      where k.id = revoke_my_api_key.key and k.created_by = app.user_id() and k.revoked_at is null
      returning 1)
    select exists (select from ended)
  $$;

  create function ops.claim_outbox(topics text[], n integer, lease interval default '1 minute')
    returns setof ops.outbox
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    with waiting as (
      select o.id from ops.outbox o
      where  o.delivered_at is null and o.available_at <= clock_timestamp()
        and  (o.expires_at is null or o.expires_at > clock_timestamp())
        and  o.topic = any (claim_outbox.topics)
      order  by o.available_at
      limit  claim_outbox.n
      for update skip locked)
    update ops.outbox o
    set    attempts = o.attempts + 1, available_at = clock_timestamp() + claim_outbox.lease
    from   waiting where o.id = waiting.id
    returning o.*
  $$;

  -- Without an error the message is delivered; with an error and no moment for another try it is given up.
  create function ops.settle_outbox(message uuid, error text default null, retry_at timestamptz default null)
    returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    update ops.outbox o
    set    delivered_at = case when settle_outbox.error is null then clock_timestamp() end,
           expires_at   = case when settle_outbox.error is not null and settle_outbox.retry_at is null
                               then clock_timestamp() else o.expires_at end,
           payload      = case when settle_outbox.retry_at is null then '{}' else o.payload end,
           last_error   = settle_outbox.error,
           available_at = coalesce(settle_outbox.retry_at, o.available_at)
    where  o.id = settle_outbox.message and o.delivered_at is null
  $$;`;

const platform = { platformRows: true, touch: false, announce: false };

export class Operations1763600070000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    await protectTenantTable(q, 'ops.outbox', {
      ...platform,
      grants: 'insert',
      insert: 'true',
      auth: 'insert',
    });
    await protectTenantTable(q, 'ops.webhook_deliveries', {
      ...platform,
      grants: 'select, insert',
      read: '(select app.is_admin())',
      insert: 'true',
    });
    await protectTenantTable(q, 'ops.backups', { ...platform, grants: '' });
    await protectTenantTable(q, 'ops.api_keys', {
      ...platform,
      touch: true,
      grants: '',
      auth: 'select, insert, update, delete',
    });
    await q.query('grant select, insert, update, delete on ops.idempotency_keys to nself_app, nself_auth');
    await q.query(crossings);
    await this.openCrossings(q);
  }

  private async openCrossings(q: QueryRunner): Promise<void> {
    const callers = 'nself_auth';
    await crossFamilies(q, 'app.api_key_by_hash(text)', {
      callers: 'nself_app, nself_auth',
      needs: ['select, update on ops.api_keys'],
    });
    await crossFamilies(q, 'app.my_api_keys()', { callers });
    await crossFamilies(q, 'app.revoke_my_api_key(uuid)', { callers });
    const needs = ['select, update on ops.outbox'];
    const both = 'nself_app, nself_auth';
    await crossFamilies(q, 'ops.claim_outbox(text[], integer, interval)', { callers: both, needs });
    await crossFamilies(q, 'ops.settle_outbox(uuid, text, timestamptz)', { callers: both });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function app.api_key_by_hash(text), app.my_api_keys(), app.revoke_my_api_key(uuid),
        ops.claim_outbox(text[], integer, interval), ops.settle_outbox(uuid, text, timestamptz);
      drop table ops.api_keys, ops.backups, ops.idempotency_keys, ops.webhook_deliveries, ops.outbox;`);
  }
}
