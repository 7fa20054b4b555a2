import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  admin,
  adult,
  contributor,
  crossFamilies,
  me,
  mine,
  person,
  protectTenantTable,
  service,
  within,
  withinMine,
} from './support';

const trips = `
  create table trips (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    author_id    uuid,
    title        text        not null constraint trip_has_a_title check (title ~ '\\S'),
    description  text        not null default '',
    destination  text        not null default '',
    starts_on    date        not null,
    ends_on      date        not null,
    deleted_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    constraint trip_ends_after_start check (ends_on >= starts_on),
    foreign key (family_id, author_id) references family_members (family_id, user_id) on delete set null (author_id)
  );
  comment on table trips is 'A journey of the family.';
  create index trips_by_date on trips (family_id, starts_on desc) where deleted_at is null;

  create table trip_participants (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    trip_id     uuid        not null,
    user_id     uuid        not null,
    role        text        not null default 'traveller'
                constraint traveller_role_known check (role in ('organizer', 'traveller')),
    status      text        not null default 'pending'
                constraint traveller_status_known check (status in ('pending', 'accepted', 'declined', 'maybe')),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, trip_id, user_id),
    foreign key (family_id, trip_id) references trips (family_id, id) on delete cascade,
    foreign key (family_id, user_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table trip_participants is 'Who comes along.';
  create index trip_participants_traveller on trip_participants (family_id, user_id);

  create table trip_itinerary_items (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    trip_id     uuid        not null,
    kind        text        not null default 'activity'
                constraint itinerary_kind_known check (kind in
                  ('activity', 'transport', 'lodging', 'meal', 'note')),
    title       text        not null constraint itinerary_has_a_title check (title ~ '\\S'),
    notes       text        not null default '',
    starts_at   timestamptz,
    ends_at     timestamptz,
    location    text,
    latitude    double precision constraint stop_latitude_on_earth  check (latitude  between  -90 and  90),
    longitude   double precision constraint stop_longitude_on_earth check (longitude between -180 and 180),
    position    integer     not null default 0,
    created_by  uuid,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint stop_ends_after_start check (ends_at >= starts_at),
    constraint stop_place_is_whole   check ((latitude is null) = (longitude is null)),
    foreign key (family_id, trip_id)    references trips (family_id, id) on delete cascade,
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by)
  );
  comment on table trip_itinerary_items is 'What happens on the way, in order.';
  create index trip_itinerary_in_order on trip_itinerary_items (family_id, trip_id, starts_at, position);`;

const whereabouts = `
  create table location_shares (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    user_id      uuid        not null,
    device_id    uuid,
    latitude     double precision not null constraint share_latitude_on_earth  check (latitude  between  -90 and  90),
    longitude    double precision not null constraint share_longitude_on_earth check (longitude between -180 and 180),
    accuracy_m   real        constraint share_accuracy_not_negative check (accuracy_m >= 0),
    battery      real        constraint share_battery_is_a_share check (battery between 0 and 1),
    recorded_at  timestamptz not null default now(),
    expires_at   timestamptz not null,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    constraint share_ends_within_a_day check (expires_at > created_at and expires_at <= created_at + interval '24 hours'),
    foreign key (family_id, user_id)   references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, device_id) references devices (family_id, id) on delete set null (device_id)
  );
  create index location_shares_newest on location_shares (family_id, user_id, recorded_at desc);
  create index location_shares_over   on location_shares (expires_at);
  comment on table location_shares is 'Where somebody is, for as long as they said and never longer than a day.';

  create view current_locations with (security_invoker) as
    select distinct on (s.family_id, s.user_id)
           s.id, s.family_id, s.user_id, s.latitude, s.longitude, s.accuracy_m, s.battery, s.recorded_at, s.expires_at
    from   location_shares s
    where  s.expires_at > now()
    order  by s.family_id, s.user_id, s.recorded_at desc;
  comment on view current_locations is 'The newest place of everybody who shares theirs.';
  grant select on current_locations to nself_app;

  create table geofences (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    name        text        not null constraint geofence_has_a_name check (name ~ '\\S'),
    latitude    double precision not null constraint fence_latitude_on_earth  check (latitude  between  -90 and  90),
    longitude   double precision not null constraint fence_longitude_on_earth check (longitude between -180 and 180),
    radius_m    integer     not null constraint fence_radius_sensible check (radius_m between 20 and 100000),
    on_enter    boolean     not null default true,
    on_exit     boolean     not null default true,
    created_by  uuid,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint fence_watches_something check (on_enter or on_exit),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete cascade
  );
  comment on table geofences is 'A place whose border somebody wants to be told of.';

  create table geofence_watches (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    geofence_id  uuid        not null,
    user_id      uuid        not null,
    inside       boolean,
    crossed_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, geofence_id, user_id),
    foreign key (family_id, geofence_id) references geofences (family_id, id) on delete cascade,
    foreign key (family_id, user_id)     references family_members (family_id, user_id) on delete cascade
  );
  comment on table geofence_watches is 'Whom a fence watches, and on which side they were last.';
  create index geofence_watches_person on geofence_watches (family_id, user_id);
  comment on column geofence_watches.inside is 'Null until the first position: that is no crossing.';`;

const distance = `
  -- Great-circle distance in metres on a sphere of the earth's mean radius (haversine).
  create function app.metres_between(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
    returns double precision
    language sql immutable parallel safe
    return 2 * 6371008.8 * asin(sqrt(least(1,
      sin(radians(lat2 - lat1) / 2) ^ 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2)));`;

/** What is over goes, in every family at once. It reads nothing out and takes no argument. */
const purge = `
  create function ops.purge_expired() returns table (what text, rows bigint)
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    what := 'location_shares';
    delete from public.location_shares where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'idempotency_keys';
    delete from ops.idempotency_keys where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'revocations';
    delete from auth.revocations where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'nonces';
    delete from auth.nonces where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'tickets';
    delete from auth.tickets where expires_at < now() - interval '1 day';
    get diagnostics rows = row_count; return next;
    what := 'device_pairings';
    delete from auth.device_pairings where expires_at < now() - interval '1 day';
    get diagnostics rows = row_count; return next;
    what := 'outbox';
    delete from ops.outbox where coalesce(delivered_at, expires_at) < now() - interval '7 days';
    get diagnostics rows = row_count; return next;
  end $$;`;

export class Trips1763600140000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [trips, whereabouts, distance, purge]) await q.query(part);
    await this.protectTrips(q);
    const own = `user_id = ${me} and ${contributor}`;
    await protectTenantTable(q, 'location_shares', {
      grants: 'select, insert, update, delete',
      read: `user_id = ${me} or (${adult} and expires_at > now())`,
      write: own,
    });
    await protectTenantTable(q, 'geofences', { read: adult, write: adult });
    await protectTenantTable(q, 'geofence_watches', { read: `${adult} or user_id = ${me}`, write: adult });
    await crossFamilies(q, 'ops.purge_expired()', {
      callers: 'nself_app, nself_auth',
      needs: [
        'location_shares',
        'ops.idempotency_keys',
        'auth.revocations',
        'auth.nonces',
        'auth.tickets',
        'auth.device_pairings',
        'ops.outbox',
      ].map(table => `select, delete on ${table}`),
    });
  }

  private async protectTrips(q: QueryRunner): Promise<void> {
    await protectTenantTable(q, 'trips', {
      read: person,
      insert: `${mine('author_id')} or ${service}`,
      write: `${mine('author_id')} or ${admin}`,
    });
    const organizer = withinMine('trip_participants', 'trips', 'trip_id', 'author_id');
    await protectTenantTable(q, 'trip_participants', {
      read: within('trip_participants', 'trips', 'trip_id'),
      insert: `${contributor} and (${organizer} or ${admin})`,
      write: `${organizer} or ${admin} or (user_id = ${me} and ${person})`,
    });
    await protectTenantTable(q, 'trip_itinerary_items', {
      read: within('trip_itinerary_items', 'trips', 'trip_id'),
      write: `${contributor} and ${within('trip_itinerary_items', 'trips', 'trip_id')}`,
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function ops.purge_expired(),
        app.metres_between(double precision, double precision, double precision, double precision);
      revoke all on ops.idempotency_keys, auth.nonces, auth.tickets, auth.device_pairings from nself_crossing;
      revoke delete on auth.revocations, ops.outbox from nself_crossing;
      drop view current_locations;
      drop table geofence_watches, geofences, location_shares, trip_itinerary_items, trip_participants, trips;`);
  }
}
