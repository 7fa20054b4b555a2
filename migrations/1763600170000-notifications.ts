import type { MigrationInterface, QueryRunner } from 'typeorm';
import { contributor, crossFamilies, me, person, protectTenantTable, service } from './support';

const tables = `
  create table notification_events (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    user_id       uuid        not null,
    type          text        not null,
    title         text        not null,
    body          text        not null default '',
    data          jsonb       not null default '{}',
    source        text        not null default '',
    channel       text        not null default 'in_app'
                  constraint notification_channel_known check (channel in ('in_app', 'push', 'email', 'sms')),
    status        text        not null default 'pending'
                  constraint notification_status_known check (status in ('pending', 'sent', 'delivered', 'read', 'failed')),
    sent_at       timestamptz,
    delivered_at  timestamptz,
    read_at       timestamptz,
    failure       text,
    once_within   tstzrange   not null default tstzrange(now(), now() + interval '5 minutes'),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    -- The same news about the same thing within five minutes is one notification, however many report it at once.
    constraint told_once exclude using gist
      (family_id with =, user_id with =, type with =, source with =, channel with =, once_within with &&),
    foreign key (family_id, user_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table notification_events is 'Something that somebody is told, on one channel, and whether it arrived.';
  create index notification_events_newest  on notification_events (family_id, user_id, created_at desc);
  create index notification_events_pending on notification_events (created_at) where status = 'pending';
  comment on column notification_events.source is 'What it is about, as "<kind>:<id>".';

  create table conversation_notification_overrides (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid        not null references families on delete cascade,
    conversation_id  uuid        not null,
    user_id          uuid        not null,
    level            text        not null default 'all'
                     constraint override_level_known check (level in ('all', 'mentions', 'none')),
    muted_until      timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id, conversation_id),
    foreign key (family_id, conversation_id) references conversations (family_id, id) on delete cascade,
    foreign key (family_id, user_id)         references family_members (family_id, user_id) on delete cascade
  );
  comment on table conversation_notification_overrides is 'What somebody wants to be told about one conversation.';

  -- These two go with a person from family to family: they have no family, and only their owner sees them.
  create table notification_preferences (
    id           uuid        primary key default app.uuid_v7(),
    user_id      uuid        not null references auth.users on delete cascade,
    type         text        not null default '*',
    channel      text        not null default '*'
                 constraint preference_channel_known check (channel in ('*', 'in_app', 'push', 'email', 'sms')),
    enabled      boolean     not null default true,
    quiet_from   time,
    quiet_until  time,
    time_zone    text        not null default 'UTC'
                 constraint preference_time_zone_known check (app.is_time_zone(time_zone)),
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (user_id, type, channel),
    constraint quiet_hours_are_whole check ((quiet_from is null) = (quiet_until is null))
  );
  comment on table notification_preferences is 'What somebody wants to be told, how, and in which hours not.';
  comment on column notification_preferences.type is '"*" stands for every type, as it does for every channel.';

  create table push_tokens (
    id            uuid        primary key default app.uuid_v7(),
    user_id       uuid        not null references auth.users on delete cascade,
    platform      text        not null constraint push_platform_known check (platform in ('fcm', 'apns', 'web')),
    token         text        not null,
    last_used_at  timestamptz,
    failed_at     timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (user_id, platform, token)
  );
  comment on table push_tokens is 'Where a push message reaches somebody.';`;

const personal = ['notification_preferences', 'push_tokens']
  .map(
    table => `
  alter table ${table} enable row level security;
  alter table ${table} force  row level security;
  create policy own on ${table} as restrictive for all
    using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()));
  create policy members on ${table} for all to nself_app using (true);
  grant select, insert, update, delete on ${table} to nself_app;
  create trigger touch before update on ${table} for each row execute function app.touch();
  create trigger announce after insert or update or delete on ${table}
    for each statement execute function app.announce_to_all();`,
  )
  .join('\n');

const functions = `
  -- The closest preference decides: this type on this channel, this type, this channel, everything.
  create function app.wants_notification(person uuid, type text, channel text, at timestamptz default now()) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select coalesce((
        select p.enabled and not (p.quiet_from is not null
                 and app.within_hours(wants_notification.at, p.time_zone, p.quiet_from, p.quiet_until))
        from   public.notification_preferences p
        where  p.user_id = wants_notification.person
        and    p.type    in ('*', wants_notification.type)
        and    p.channel in ('*', wants_notification.channel)
        order  by p.type = '*', p.channel = '*'
        limit  1), true);
    end;

  -- Addresses that a push goes to: for the job that sends it, inside the family of both.
  create function app.push_addresses(person uuid) returns table (id uuid, platform text, token text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select t.id, t.platform, t.token
      from   public.push_tokens t
      join   public.family_members m on m.user_id = t.user_id and m.family_id = app.family_id() and m.state = 'active'
      where  t.user_id = push_addresses.person and t.failed_at is null and app.role() = 'service';
    end;

  -- Tells somebody else in the family. Whoever acts cannot read the other's notifications, hence the definer.
  create function app.notify(person uuid, type text, title text, body text default '', source text default '',
                             data jsonb default '{}') returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    insert into public.notification_events (family_id, user_id, type, title, body, source, data, channel)
    select m.family_id, m.user_id, notify.type, notify.title, notify.body, notify.source, notify.data, c.channel
    from   public.family_members m
    cross  join (values ('in_app'), ('push')) c (channel)
    where  m.family_id = app.family_id() and m.user_id = notify.person and m.state = 'active'
    and    app.wants_notification(notify.person, notify.type, c.channel)
    on conflict on constraint told_once do nothing
  $$;`;

/** One position may cross several fences; each crossing is told once, to whoever drew the fence. */
const crossing = `
  create function app.watch_fences() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  declare
    fence record;
  begin
    for fence in
      select w.id, w.inside as was, g.id as geofence_id, g.name, g.on_enter, g.on_exit, g.created_by,
             app.metres_between(g.latitude, g.longitude, new.latitude, new.longitude) <= g.radius_m as is_inside
      from   public.geofence_watches w
      join   public.geofences g on g.family_id = w.family_id and g.id = w.geofence_id
      where  w.family_id = new.family_id and w.user_id = new.user_id
      for update of w
    loop
      continue when fence.was is not distinct from fence.is_inside;
      update public.geofence_watches w set inside = fence.is_inside, crossed_at = new.recorded_at
      where  w.family_id = new.family_id and w.id = fence.id;
      if fence.was is not null and (case when fence.is_inside then fence.on_enter else fence.on_exit end) then
        perform app.notify(fence.created_by,
          case when fence.is_inside then 'geofence.entered' else 'geofence.left' end, fence.name, '',
          'geofence:' || fence.geofence_id || ':' || new.id,
          jsonb_build_object('geofence_id', fence.geofence_id, 'user_id', new.user_id));
      end if;
    end loop;
    return null;
  end $$;
  create trigger watch_fences after insert or update of latitude, longitude on location_shares
    for each row execute function app.watch_fences();`;

export class Notifications1763600170000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [tables, personal, functions, crossing]) await q.query(part);
    await protectTenantTable(q, 'notification_events', {
      read: `user_id = ${me} or ${service}`,
      insert: service,
      update: `user_id = ${me} or ${service}`,
      delete: `user_id = ${me} and ${person}`,
    });
    await protectTenantTable(q, 'conversation_notification_overrides', {
      read: `user_id = ${me} or ${service}`,
      write: `user_id = ${me} and ${contributor}`,
    });
    await this.openCrossings(q);
  }

  private async openCrossings(q: QueryRunner): Promise<void> {
    await crossFamilies(q, 'app.wants_notification(uuid, text, text, timestamptz)', {
      callers: 'nself_crossing',
      needs: ['select on notification_preferences'],
    });
    await crossFamilies(q, 'app.push_addresses(uuid)', {
      callers: 'nself_app',
      needs: ['select on push_tokens'],
    });
    await crossFamilies(q, 'app.notify(uuid, text, text, text, text, jsonb)', {
      callers: 'nself_app',
      needs: ['select, insert on notification_events'],
    });
    await crossFamilies(q, 'app.watch_fences()', {
      callers: '',
      needs: ['select on geofences', 'select, update on geofence_watches'],
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger watch_fences on location_shares;
      drop function app.watch_fences(), app.notify(uuid, text, text, text, text, jsonb), app.push_addresses(uuid),
        app.wants_notification(uuid, text, text, timestamptz);
      drop table push_tokens, notification_preferences, conversation_notification_overrides, notification_events;
      revoke all on geofences, geofence_watches from nself_crossing;`);
  }
}
