import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies, protectTenantTable } from './support';

const devices = `
  create table devices (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    type           text        not null
                   constraint device_type_known check (type in
                     ('antbox', 'antserver', 'browser', 'mobile', 'desktop', 'tv')),
    name           text        not null default '',
    owner_id       uuid,
    public_key     text,
    key_rotate_at  timestamptz,
    trusted        boolean     not null default false,
    trusted_by     uuid,
    trusted_at     timestamptz,
    revoked_at     timestamptz,
    last_seen_at   timestamptz,
    last_ip        inet,
    health         jsonb       not null default '{}',
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    constraint revoked_is_not_trusted check (revoked_at is null or not trusted),
    foreign key (family_id, owner_id)   references family_members (family_id, user_id) on delete set null (owner_id),
    foreign key (family_id, trusted_by) references family_members (family_id, user_id) on delete set null (trusted_by)
  );
  comment on table devices is 'A machine of the family: what shows, serves or records.';
  create index devices_owner on devices (family_id, owner_id);
  comment on column devices.public_key is 'Ed25519, base64url of the raw 32 bytes.';

  create table device_bootstrap_tokens (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    token_hash   text        not null unique,
    device_type  text        not null,
    name         text        not null default '',
    created_by   uuid,
    device_id    uuid,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    revoked_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by),
    foreign key (family_id, device_id)  references devices (family_id, id) on delete set null (device_id)
  );
  comment on table device_bootstrap_tokens is 'What lets a new box register itself: by hash, for a while, once.';`;

const streams = `
  create table stream_contents (
    id              uuid        primary key default app.uuid_v7(),
    family_id       uuid        not null references families on delete cascade,
    title           text        not null constraint content_has_a_title check (title ~ '\\S'),
    kind            text        not null default 'vod' constraint content_kind_known check (kind in ('vod', 'live')),
    media_item_id   uuid,
    source_url      text,
    parental_level  integer     not null default 0 constraint content_level_in_range check (parental_level between 0 and 18),
    priority        integer     not null default 0,
    active          boolean     not null default true,
    created_by      uuid,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete set null (media_item_id),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by)
  );
  comment on table stream_contents is 'Something that can be watched, live or later.';
  create index stream_contents_newest on stream_contents (family_id, created_at desc);
  comment on column stream_contents.parental_level is 'Youngest age, in years, that may watch.';

  create table stream_sessions (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    user_id       uuid,
    device_id     uuid        not null,
    content_id    uuid        not null,
    state         text        not null default 'playing'
                  constraint stream_state_known check (state in ('playing', 'paused', 'idle', 'buffering')),
    priority      integer     not null default 0,
    started_at    timestamptz not null default clock_timestamp(),
    heartbeat_at  timestamptz not null default clock_timestamp(),
    state_since   timestamptz not null default clock_timestamp(),
    ended_at      timestamptz,
    evicted       boolean     not null default false,
    end_reason    text,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    constraint stream_ends_after_start check (ended_at >= started_at),
    constraint evicted_has_ended       check (not evicted or ended_at is not null),
    foreign key (family_id, user_id)    references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, device_id)  references devices (family_id, id) on delete cascade,
    foreign key (family_id, content_id) references stream_contents (family_id, id) on delete cascade
  );
  comment on table stream_sessions is
    'Somebody watching something on a device, for as long as its player is heard of.';
  create index stream_sessions_running on stream_sessions (family_id, user_id, device_id) where ended_at is null;
  create index stream_sessions_silent  on stream_sessions (heartbeat_at) where ended_at is null;
  create index stream_sessions_newest  on stream_sessions (family_id, started_at desc);

  create table entitlement_claims (
    id              uuid        primary key default app.uuid_v7(),
    family_id       uuid        not null references families on delete cascade,
    user_id         uuid,
    content_id      uuid,
    can_watch       boolean     not null default true,
    can_record      boolean     not null default false,
    parental_level  integer     not null default 18 constraint claim_level_in_range check (parental_level between 0 and 18),
    max_streams     integer     constraint claim_streams_not_negative check (max_streams >= 0),
    source          text        not null default 'manual',
    expires_at      timestamptz,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (family_id, id),
    constraint one_claim_per_person_and_content unique nulls not distinct (family_id, user_id, content_id, source),
    foreign key (family_id, user_id)    references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, content_id) references stream_contents (family_id, id) on delete cascade
  );
  comment on table  entitlement_claims            is 'Who may watch what: no person means everybody, no content means all of it.';`;

const quotas = `
  create table quota_defaults (
    metric      text        primary key,
    soft_limit  bigint,
    hard_limit  bigint,
    alert_at    real        not null default 0.8,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    constraint default_limits_in_order check (soft_limit <= hard_limit)
  );
  comment on table quota_defaults is 'How much a family may use unless something else was agreed.';
  insert into quota_defaults (metric, soft_limit, hard_limit)
  values ('streams_per_family', 3, 5), ('streams_per_user', 2, 2), ('streams_per_device', 1, 1),
         ('storage_bytes', 85899345920, 107374182400), ('storage_bytes_per_user', 42949672960, 53687091200);

  create table quota_limits (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    metric      text        not null references quota_defaults,
    soft_limit  bigint      constraint soft_limit_not_negative check (soft_limit >= 0),
    hard_limit  bigint      constraint hard_limit_not_negative check (hard_limit >= 0),
    alert_at    real        not null default 0.8 constraint alert_is_a_share check (alert_at > 0 and alert_at <= 1),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, metric),
    constraint limits_in_order check (soft_limit <= hard_limit)
  );
  comment on table quota_limits is 'What was agreed with a family instead.';

  create table usage_metrics (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    metric        text        not null,
    period        text        not null default 'total',
    period_start  date        not null default '1970-01-01',
    value         bigint      not null default 0 constraint usage_not_negative check (value >= 0),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    constraint one_count_per_period unique (family_id, metric, period, period_start)
  );
  comment on table usage_metrics is 'How much a family has used, per metric and period.';

  -- Adds to a count, whoever else adds at the same moment, and says what it has become.
  create function app.add_usage(family uuid, metric text, amount bigint, period text default 'total',
                                period_start date default '1970-01-01') returns bigint
    language sql volatile
  as $$
    insert into public.usage_metrics as u (family_id, metric, period, period_start, value)
    values (add_usage.family, add_usage.metric, add_usage.period, add_usage.period_start, greatest(add_usage.amount, 0))
    on conflict on constraint one_count_per_period
      do update set value = greatest(u.value + add_usage.amount, 0)
    returning value
  $$;

  create function app.quota(family uuid, metric text)
    returns table (soft_limit bigint, hard_limit bigint, alert_at real)
    language sql stable
  as $$
    select coalesce(l.soft_limit, d.soft_limit), coalesce(l.hard_limit, d.hard_limit), coalesce(l.alert_at, d.alert_at)
    from   public.quota_defaults d
    left   join public.quota_limits l on l.metric = d.metric and l.family_id = quota.family
    where  d.metric = quota.metric
  $$;

  grant select on quota_defaults to nself_app, nself_auth;
  create trigger touch before update on quota_defaults for each row execute function app.touch();`;

const crossings = `
  create function app.bootstrap_token_by_hash(hash text)
    returns table (id uuid, family_id uuid, device_type text, name text, expires_at timestamptz,
                   used_at timestamptz, revoked_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select t.id, t.family_id, t.device_type, t.name, t.expires_at, t.used_at, t.revoked_at
      from   public.device_bootstrap_tokens t
      where  t.token_hash = bootstrap_token_by_hash.hash;
    end;

  create function app.device_by_id(device uuid)
    returns table (id uuid, family_id uuid, type text, public_key text, trusted boolean, revoked_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select d.id, d.family_id, d.type, d.public_key, d.trusted, d.revoked_at
      from   public.devices d
      where  d.id = device_by_id.device;
    end;

  -- Streams whose player has not been heard of: the gateway ends them in every family at once.
  create function ops.end_silent_streams(after interval default '45 seconds')
    returns table (id uuid, family_id uuid, user_id uuid, device_id uuid)
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    update public.stream_sessions s
    set    ended_at = greatest(clock_timestamp(), s.started_at), end_reason = 'silent'
    where  s.ended_at is null and s.heartbeat_at < clock_timestamp() - end_silent_streams.after
    returning s.id, s.family_id, s.user_id, s.device_id
  $$;`;

const admin = '(select app.is_admin())';
const member = "(select app.is_person()) or (select app.role()) = 'device'";

export class Streams1763600110000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [devices, streams, quotas]) await q.query(part);
    const auth = 'select, insert, update, delete';
    await protectTenantTable(q, 'devices', { write: admin, auth });
    await protectTenantTable(q, 'device_bootstrap_tokens', { grants: 'select', read: admin, auth });
    await protectTenantTable(q, 'stream_contents', { read: member, write: admin });
    await protectTenantTable(q, 'stream_sessions', { write: member });
    await protectTenantTable(q, 'entitlement_claims', { write: admin });
    await protectTenantTable(q, 'quota_limits', { grants: 'select' });
    await protectTenantTable(q, 'usage_metrics', { grants: 'select, insert, update', write: 'true' });
    await q.query(crossings);
    await this.openCrossings(q);
  }

  private async openCrossings(q: QueryRunner): Promise<void> {
    await crossFamilies(q, 'app.bootstrap_token_by_hash(text)', {
      callers: 'nself_auth',
      needs: ['select on device_bootstrap_tokens'],
    });
    await crossFamilies(q, 'app.device_by_id(uuid)', { callers: 'nself_auth', needs: ['select on devices'] });
    await crossFamilies(q, 'ops.end_silent_streams(interval)', {
      callers: 'nself_app',
      needs: ['select, update on stream_sessions'],
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function app.bootstrap_token_by_hash(text), app.device_by_id(uuid), ops.end_silent_streams(interval),
        app.add_usage(uuid, text, bigint, text, date), app.quota(uuid, text);
      drop table usage_metrics, quota_limits, quota_defaults, entitlement_claims, stream_sessions, stream_contents,
        device_bootstrap_tokens, devices;`);
  }
}
