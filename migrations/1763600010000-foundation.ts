import type { MigrationInterface, QueryRunner } from 'typeorm';

const schemas = `
  create extension if not exists citext;
  create extension if not exists pgcrypto;
  create extension if not exists pg_trgm;
  create extension if not exists unaccent;
  create extension if not exists btree_gin;
  create extension if not exists btree_gist;

  create schema app;
  create schema auth;
  create schema storage;
  create schema if not exists ops;
  create schema hdb_catalog;

  comment on schema app         is 'Who is asking, and the rules: functions only, no tables.';
  comment on schema auth        is 'Accounts, by the names that Nhost gave them. Only nself_auth comes in.';
  comment on schema storage     is 'Files, by the names that Nhost gave them.';
  comment on schema ops         is 'Jobs, outbox, audit, backups: how the installation runs.';
  comment on schema hdb_catalog is 'Metadata, event log and schedules of the GraphQL engine, by the names of Hasura.';

  grant usage  on schema app, auth, storage, ops, public, hdb_catalog
    to nself_app, nself_auth, nself_admin, nself_crossing;
  grant create on schema hdb_catalog to nself_admin;

  alter default privileges in schema app, auth, storage, ops, public
    grant all on tables to nself_admin;
  alter default privileges in schema auth
    grant select, insert, update, delete on tables to nself_auth;`;

/**
 * The context. Our services write \`app.family_id\`, \`app.user_id\` and \`app.role\`; the hasura/graphql-engine image
 * writes \`hasura.user\`, a JSON of its session variables. After a transaction-local setting has ended it comes back
 * as an empty string, and what a client sent may be anything: both read as "nobody". Ours are checked where they are
 * written, once; here they are cast and no more, because every policy of every table in a statement asks again.
 */
const context = `
  create function app.uuid_or_null(word text) returns uuid
    language sql immutable parallel safe
    return case when word ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then word::uuid end;

  create function app.session_variable(name text) returns text
    language plpgsql stable parallel safe
  as $$
  declare
    session text := nullif(current_setting('hasura.user', true), '');
  begin
    return session::json ->> name;
  exception when invalid_text_representation then
    return null;
  end $$;

  create function app.session_uuid(name text) returns uuid
    language plpgsql stable parallel safe
  as $$
  begin
    return app.uuid_or_null(app.session_variable(name));
  end $$;

  create function app.family_id() returns uuid
    language sql stable parallel safe
    return coalesce(nullif(current_setting('app.family_id', true), '')::uuid, app.session_uuid('x-hasura-family-id'));

  create function app.user_id() returns uuid
    language sql stable parallel safe
    return coalesce(nullif(current_setting('app.user_id', true), '')::uuid, app.session_uuid('x-hasura-user-id'));

  create function app.role() returns text
    language sql stable parallel safe
    return coalesce(
      nullif(current_setting('app.role', true), ''),
      app.session_variable('x-hasura-role'),
      'anonymous');

  create function app.trace_id() returns text
    language sql stable parallel safe
    return nullif(current_setting('app.trace_id', true), '');

  comment on function app.family_id() is 'The family that the transaction speaks for; null when there is none.';
  comment on function app.user_id()   is 'The person who asks; null for devices, jobs and strangers.';
  comment on function app.role()      is 'Role of the session as GraphQL names it; "service" is a job of our own inside a family.';`;

const roles = `
  create function app.is_admin() returns boolean
    language sql stable parallel safe
    return app.role() in ('owner', 'admin_member', 'service');

  create function app.is_adult() returns boolean
    language sql stable parallel safe
    return app.role() in ('owner', 'admin_member', 'adult', 'service');

  create function app.is_contributor() returns boolean
    language sql stable parallel safe
    return app.role() in ('owner', 'admin_member', 'adult', 'youth', 'service');

  create function app.is_person() returns boolean
    language sql stable parallel safe
    return app.role() in ('owner', 'admin_member', 'adult', 'youth', 'child', 'service');

  comment on function app.is_contributor() is 'Who may make things: everybody but children and devices.';
  comment on function app.is_person()      is 'Every member of flesh and blood.';`;

const zones = `
  -- Asked by every row that names a zone, so that no clock fails later on. "UTC+3" is refused: to Postgres it lies west.
  create function app.is_time_zone(name text) returns boolean
    language plpgsql stable strict parallel safe
  as $$
  begin
    perform now() at time zone name;
    return name ~ '/' or name !~ '[-+]'
      or exists (select from pg_catalog.pg_timezone_names z where z.name = is_time_zone.name);
  exception when invalid_parameter_value then
    return false;
  end $$;`;

const rows = `
  -- A random uuid whose first 48 bits are the clock: new rows lie at the end of an index. RFC 9562, version 7.
  create function app.uuid_v7() returns uuid
    language sql volatile parallel safe
    return encode(
      set_bit(
        set_bit(
          overlay(uuid_send(gen_random_uuid())
            placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
            from 1 for 6),
          52, 1),
        53, 1),
      'hex')::uuid;

  create function app.touch() returns trigger
    language plpgsql
  as $$
  begin
    new.updated_at := clock_timestamp();
    return new;
  end $$;

  create function app.refuse_family_move() returns trigger
    language plpgsql
  as $$
  begin
    if new.family_id is distinct from old.family_id then
      raise exception 'a row never moves to another family'
        using errcode = 'check_violation', constraint = 'stay_in_family';
    end if;
    return new;
  end $$;`;

const manners = `
  -- Who marks a row as deleted is noted beside it, and forgotten when it is brought back.
  create function app.note_deletion() returns trigger
    language plpgsql
  as $$
  begin
    if new.deleted_at is null then
      new.deleted_by := null;
    elsif old.deleted_at is null then
      new.deleted_by := coalesce(app.user_id(), new.deleted_by);
    end if;
    return new;
  end $$;

  -- An admin may remove what somebody wrote, but never put words into their mouth. The argument names the author.
  create function app.only_author_rewrites() returns trigger
    language plpgsql
  as $$
  begin
    if current_user = 'nself_app' and app.role() <> 'service'
       and (to_jsonb(old) ->> tg_argv[0])::uuid is distinct from app.user_id() then
      raise exception 'only the author rewrites it'
        using errcode = 'check_violation', constraint = 'only_author_rewrites';
    end if;
    return new;
  end $$;`;

const announcements = `
  -- Live queries listen on nself_changes: one message per table and family of a transaction, sent at its commit.
  create function app.announce_change() returns trigger
    language plpgsql
  as $$
  declare
    changed uuid;
  begin
    for changed in select distinct family_id from changed_rows loop
      perform pg_notify('nself_changes',
        json_build_object('table', tg_table_schema || '.' || tg_table_name, 'family', changed)::text);
    end loop;
    return null;
  end $$;

  -- For tables that belong to no family: everybody who watches one is told.
  create function app.announce_to_all() returns trigger
    language plpgsql
  as $$
  begin
    perform pg_notify('nself_changes',
      json_build_object('table', tg_table_schema || '.' || tg_table_name, 'family', null)::text);
    return null;
  end $$;`;

export class Foundation1763600010000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [schemas, context, roles, zones, rows, manners, announcements]) await q.query(part);
  }

  /** Extensions stay: they may have been there before us, and serve others. `ops` keeps the list of migrations. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter default privileges in schema app, auth, storage, ops, public revoke all on tables from nself_admin;
      alter default privileges in schema auth revoke all on tables from nself_auth;
      drop schema hdb_catalog cascade;
      drop schema storage, auth;
      drop schema app cascade;
      revoke all on schema ops, public from nself_app, nself_auth, nself_admin, nself_crossing;`);
  }
}
