import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  admin,
  contributor,
  crossFamilies,
  me,
  mine,
  person,
  protectTenantTable,
  service,
  visible,
  within,
  withinMine,
} from './support';

/** Recurrence is data: the rule of RFC 5545, checked when it is written, unrolled by whoever shows a calendar. */
const rules = `
  create function app.is_rrule(rule text) returns boolean
    language plpgsql immutable strict parallel safe
  as $$
  declare
    part  text;
    name  text;
    value text;
    seen  text[] := '{}';
    number_list constant text := '^[+-]?\\d{1,3}(,[+-]?\\d{1,3})*$';
  begin
    foreach part in array string_to_array(upper(rule), ';') loop
      name  := split_part(part, '=', 1);
      value := split_part(part, '=', 2);
      if name = any (seen) or part not like '%=%' or not (case name
        when 'FREQ'       then value in ('SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')
        when 'INTERVAL'   then value ~ '^[1-9]\\d{0,3}$'
        when 'COUNT'      then value ~ '^[1-9]\\d{0,4}$'
        when 'UNTIL'      then value ~ '^\\d{8}(T\\d{6}Z?)?$'
        when 'BYDAY'      then value ~ '^([+-]?\\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$'
        when 'BYMONTH'    then value ~ '^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$'
        when 'BYMONTHDAY' then value ~ number_list
        when 'BYYEARDAY'  then value ~ number_list
        when 'BYWEEKNO'   then value ~ number_list
        when 'BYSETPOS'   then value ~ number_list
        when 'BYHOUR'     then value ~ '^\\d{1,2}(,\\d{1,2})*$'
        when 'BYMINUTE'   then value ~ '^\\d{1,2}(,\\d{1,2})*$'
        when 'BYSECOND'   then value ~ '^\\d{1,2}(,\\d{1,2})*$'
        when 'WKST'       then value in ('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')
        else false
      end) then return false; end if;
      seen := seen || name;
    end loop;
    return 'FREQ' = any (seen) and not seen @> '{UNTIL,COUNT}';
  end $$;`;

const tables = `
  create table events (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    author_id    uuid,
    title        text        not null constraint event_has_a_title check (title ~ '\\S'),
    description  text        not null default '',
    category     text        not null default 'general',
    starts_at    timestamptz not null,
    ends_at      timestamptz not null,
    all_day      boolean     not null default false,
    time_zone    text        not null default 'UTC'
                 constraint event_time_zone_known check (app.is_time_zone(time_zone)),
    location     text,
    latitude     double precision constraint event_latitude_on_earth  check (latitude  between  -90 and  90),
    longitude    double precision constraint event_longitude_on_earth check (longitude between -180 and 180),
    rrule        text        constraint event_rule_is_valid check (app.is_rrule(rrule)),
    skipped      timestamptz[] not null default '{}',
    colour       text        constraint event_colour_is_hex check (colour ~ '^#[0-9a-fA-F]{6}$'),
    visibility   text        not null default app.default_visibility()
                 constraint event_visibility_known check (visibility in ('family', 'adults_only', 'private', 'public')),
    deleted_at   timestamptz,
    deleted_by   uuid,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    constraint event_ends_after_start check (ends_at >= starts_at),
    constraint event_place_is_whole   check ((latitude is null) = (longitude is null)),
    foreign key (family_id, author_id)  references family_members (family_id, user_id) on delete set null (author_id),
    foreign key (family_id, deleted_by) references family_members (family_id, user_id) on delete set null (deleted_by)
  );
  comment on table events is 'What the family plans, once or again and again.';
  create index events_calendar  on events (family_id, starts_at) where deleted_at is null;
  create index events_recurring on events (family_id) where rrule is not null and deleted_at is null;
  create index events_author    on events (family_id, author_id);
  comment on column events.skipped is 'Starts of occurrences that do not take place (EXDATE).';

  create table event_invites (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    event_id      uuid        not null,
    user_id       uuid        not null,
    invited_by    uuid,
    status        text        not null default 'pending'
                  constraint invite_status_known check (status in ('pending', 'accepted', 'declined', 'maybe')),
    responded_at  timestamptz,
    note          text        not null default '',
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, event_id, user_id),
    foreign key (family_id, event_id)   references events (family_id, id) on delete cascade,
    foreign key (family_id, user_id)    references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, invited_by) references family_members (family_id, user_id) on delete set null (invited_by)
  );
  comment on table event_invites is 'Who is asked to come, and what they answered.';
  create index event_invites_guest on event_invites (family_id, user_id, status);

  create table event_reminders (
    id              uuid        primary key default app.uuid_v7(),
    family_id       uuid        not null references families on delete cascade,
    event_id        uuid        not null,
    user_id         uuid        not null,
    minutes_before  integer     not null constraint reminder_within_four_weeks check (minutes_before between 0 and 40320),
    channel         text        not null default 'push'
                    constraint reminder_channel_known check (channel in ('push', 'email', 'in_app')),
    due_at          timestamptz,
    sent_at         timestamptz,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, event_id, user_id, minutes_before, channel),
    foreign key (family_id, event_id) references events (family_id, id) on delete cascade,
    foreign key (family_id, user_id)  references family_members (family_id, user_id) on delete cascade
  );
  comment on table event_reminders is 'When somebody wants to be reminded of an event, and how.';
  create index event_reminders_due on event_reminders (due_at) where sent_at is null;
  create index event_reminders_own on event_reminders (family_id, user_id);
  comment on column event_reminders.due_at is 'Of the next occurrence: set from the event, moved on by the scheduler when it recurs.';

  create table calendar_feeds (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    user_id       uuid        not null,
    token_hash    text        not null unique,
    last_read_at  timestamptz,
    revoked_at    timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, user_id) references family_members (family_id, user_id) on delete cascade
  );
  create index calendar_feeds_own on calendar_feeds (family_id, user_id);
  comment on table calendar_feeds is 'The secret link behind which a member''s calendar is read as iCal. Hashed, revocable.';`;

const triggers = `
  create trigger note_deletion before update of deleted_at on events
    for each row execute function app.note_deletion();

  create function app.time_reminder() returns trigger
    language plpgsql
  as $$
  begin
    select e.starts_at - make_interval(mins => new.minutes_before) into new.due_at
    from   public.events e where e.family_id = new.family_id and e.id = new.event_id;
    return new;
  end $$;
  create trigger time_reminder before insert or update of minutes_before on event_reminders
    for each row execute function app.time_reminder();

  create function app.note_answer() returns trigger
    language plpgsql
  as $$
  begin
    new.responded_at := case when new.status <> 'pending' then now() end;
    return new;
  end $$;
  create trigger note_answer before update of status on event_invites
    for each row when (old.status is distinct from new.status) execute function app.note_answer();`;

const crossings = `
  -- Events ask for invites and invites for events: one of the two must look past its policies, for its reader only.
  create function app.invited_events() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select i.event_id from public.event_invites i where i.family_id = app.family_id() and i.user_id = app.user_id();
    end;

  -- Reminders move with their event, also those that others have set for themselves.
  create function app.move_reminders() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    update public.event_reminders r
    set    due_at = new.starts_at - make_interval(mins => r.minutes_before), sent_at = null
    where  r.family_id = new.family_id and r.event_id = new.id;
    return null;
  end $$;
  create trigger move_reminders after update of starts_at on events
    for each row when (old.starts_at is distinct from new.starts_at) execute function app.move_reminders();

  create function app.calendar_feed_by_token(hash text)
    returns table (id uuid, family_id uuid, user_id uuid, role text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select f.id, f.family_id, f.user_id, m.role
      from   public.calendar_feeds f
      join   public.family_members m on m.family_id = f.family_id and m.user_id = f.user_id and m.state = 'active'
      where  f.token_hash = calendar_feed_by_token.hash and f.revoked_at is null;
    end;`;

export class Events1763600130000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [rules, tables, triggers, crossings]) await q.query(part);
    await this.openCrossings(q);
    await protectTenantTable(q, 'events', {
      read: visible('id in (select app.invited_events())'),
      insert: `${mine('author_id')} or ${service}`,
      write: `${mine('author_id')} or ${admin}`,
    });
    const event = within('event_invites', 'events', 'event_id');
    const host = withinMine('event_invites', 'events', 'event_id', 'author_id');
    await protectTenantTable(q, 'event_invites', {
      read: event,
      insert: `invited_by = ${me} and ${contributor} and (${host} or ${admin})`,
      update: `user_id = ${me} and ${person}`,
      delete: `${host} or ${admin}`,
    });
    // A guest answers; who moved an invitation to another event would let themselves in there.
    await q.query(`
      revoke update on event_invites from nself_app;
      grant  update (status, note) on event_invites to nself_app`);
    const own = `user_id = ${me} and ${person}`;
    await protectTenantTable(q, 'event_reminders', {
      read: `user_id = ${me} or ${service}`,
      insert: `${own} and ${within('event_reminders', 'events', 'event_id')}`,
      update: `${own} or ${service}`,
      delete: own,
    });
    await protectTenantTable(q, 'calendar_feeds', { read: `user_id = ${me}`, write: own });
  }

  private async openCrossings(q: QueryRunner): Promise<void> {
    await crossFamilies(q, 'app.invited_events()', {
      callers: 'nself_app',
      needs: ['select on event_invites'],
    });
    await crossFamilies(q, 'app.move_reminders()', {
      callers: '',
      needs: ['select, update on event_reminders'],
    });
    await crossFamilies(q, 'app.calendar_feed_by_token(text)', {
      callers: 'nself_app',
      needs: ['select on calendar_feeds'],
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function app.calendar_feed_by_token(text);
      drop table calendar_feeds, event_reminders, event_invites, events cascade;
      drop function app.move_reminders(), app.note_answer(), app.time_reminder(), app.is_rrule(text);`);
  }
}
