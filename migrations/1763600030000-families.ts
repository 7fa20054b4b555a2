import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies, protectTenantTable } from './support';

const families = `
  create table families (
    id           uuid        primary key default app.uuid_v7(),
    name         text        not null constraint family_has_a_name check (name ~ '\\S' and length(name) <= 200),
    description  text        not null default '',
    time_zone    text        not null default 'UTC'
                 constraint family_time_zone_known check (app.is_time_zone(time_zone)),
    locale       text        not null default 'en',
    settings     jsonb       not null default '{}',
    state        text        not null default 'active'
                 constraint family_state_known check (state in ('active', 'suspended', 'deleting')),
    created_by   uuid        references auth.users on delete set null,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now()
  );
  comment on table families is 'A family is a tenant: everything but accounts belongs to exactly one.';

  create table family_members (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    user_id      uuid        not null references auth.users on delete cascade,
    role         text        not null
                 constraint member_role_known check (role in
                   ('OWNER', 'ADMIN', 'ADULT_MEMBER', 'YOUTH_MEMBER', 'CHILD_MEMBER', 'DEVICE')),
    state        text        not null default 'active'
                 constraint member_state_known check (state in ('active', 'inactive', 'suspended', 'pending_invite')),
    nickname     text,
    permissions  jsonb       not null default '{}',
    joined_at    timestamptz not null default now(),
    left_at      timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id)
  );
  create index family_members_user on family_members (user_id);
  comment on table family_members is
    'Who belongs to a family, and as what. One who leaves stays as "inactive": what she wrote keeps its author.';

  create table family_invitations (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    email        citext,
    role         text        not null default 'ADULT_MEMBER'
                 constraint invited_role_known check (role in
                   ('ADMIN', 'ADULT_MEMBER', 'YOUTH_MEMBER', 'CHILD_MEMBER')),
    token_hash   text        not null unique,
    invited_by   uuid,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    used_by      uuid        references auth.users on delete set null,
    revoked_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, invited_by) references family_members (family_id, user_id) on delete set null (invited_by)
  );
  comment on table family_invitations is 'A way into the family, by mail or by link, with the role that waits there.';
  comment on column family_invitations.token_hash is 'sha256 of the token, hex. The token itself is shown once.';

  create table family_settings (
    id                  uuid        primary key default app.uuid_v7(),
    family_id           uuid        not null unique references families on delete cascade,
    default_visibility  text        not null default 'family'
                        constraint default_visibility_known check (default_visibility in
                          ('family', 'adults_only', 'private', 'public')),
    mahram_mode         boolean     not null default false,
    parental_controls   boolean     not null default true,
    moderation          text        not null default 'standard'
                        constraint moderation_known check (moderation in ('relaxed', 'standard', 'strict')),
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    unique (family_id, id)
  );
  comment on table family_settings is 'What the family has switched on: mahram mode, parental controls, moderation.';`;

const apps = `
  create table apps (
    id           uuid        primary key default app.uuid_v7(),
    slug         text        not null unique,
    name         text        not null,
    description  text        not null default '',
    created_at   timestamptz not null default now()
  );
  comment on table apps is 'The apps in which members have a role of their own.';

  insert into apps (slug, name)
  values ('family', 'Family'), ('chat', 'Chat'), ('tv', 'TV');

  create table user_app_roles (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    user_id     uuid        not null,
    app_id      uuid        not null references apps on delete cascade,
    role        text        not null default 'user'
                constraint app_role_known check (role in ('user', 'moderator', 'admin')),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id, app_id),
    foreign key (family_id, user_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table user_app_roles is 'What a member is in one of the apps.';`;

/** What is made without a word about who may see it follows the family's own wish. */
const defaults = `
  create function app.default_visibility() returns text
    language plpgsql stable
  as $$
  begin
    return coalesce(
      (select s.default_visibility from public.family_settings s where s.family_id = app.family_id()), 'family');
  end $$;`;

/** The family itself is walled by its own id; the rest of its protection is the same as everywhere. */
const familyWall = `
  alter table families enable row level security;
  alter table families force  row level security;
  create policy tenant_wall on families as restrictive for all
    using (id = (select app.family_id())) with check (id = (select app.family_id()));
  create policy members_select on families for select to nself_app using (true);
  create policy members_update on families for update to nself_app using ((select app.is_admin()));
  create policy auth_service   on families for all    to nself_auth using (true);
  grant select, update (name, description, time_zone, locale, settings) on families to nself_app;
  grant select, insert, update, delete on families to nself_auth;
  create trigger touch before update on families for each row execute function app.touch();

  create function app.announce_family() returns trigger
    language plpgsql
  as $$
  begin
    perform pg_notify('nself_changes',
      json_build_object('table', 'public.families', 'family', coalesce(new.id, old.id))::text);
    return null;
  end $$;
  create trigger announce after insert or update or delete on families
    for each row execute function app.announce_family();

  -- A family without settings would be a family without rules.
  create function app.give_settings() returns trigger
    language plpgsql
  as $$
  begin
    insert into family_settings (family_id) values (new.id) on conflict do nothing;
    return null;
  end $$;
  create trigger give_settings after insert on families for each row execute function app.give_settings();

  grant select on apps to nself_app, nself_auth;`;

/** Of an account the others see a name and a face, and only of people in the family that is spoken for. */
const accountsSeenByFamily = `
  alter table auth.users enable row level security;
  alter table auth.users force  row level security;
  create policy auth_service   on auth.users for all    to nself_auth using (true);
  create policy known_people   on auth.users for select to nself_app using (
    id = (select app.user_id())
    or id in (select m.user_id from family_members m where m.family_id = (select app.family_id())));
  create policy oneself        on auth.users for update to nself_app using (id = (select app.user_id()));
  grant select (id, display_name, avatar_url, locale, created_at), update (display_name, avatar_url, locale)
    on auth.users to nself_app;`;

const lastOwner = `
  create function app.keep_an_owner() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    -- Two owners who leave at once would each count the other: they take turns at the family's row.
    perform from public.families f where f.id = old.family_id for no key update;
    if found and not exists (
      select from public.family_members m
      where m.family_id = old.family_id and m.role = 'OWNER' and m.state = 'active')
    then
      raise exception 'a family keeps at least one owner'
        using errcode = 'check_violation', constraint = 'family_keeps_an_owner';
    end if;
    return null;
  end $$;

  create trigger keep_an_owner after update of role, state or delete on family_members
    for each row when (old.role = 'OWNER' and old.state = 'active') execute function app.keep_an_owner();`;

const crossings = `
  -- In plpgsql, because every sign-in waits for it: its plan lasts as long as the connection.
  create function app.my_families()
    returns table (family_id uuid, name text, state text, role text, member_state text, joined_at timestamptz,
                   time_zone text, locale text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    return query
      select f.id, f.name, f.state, m.role, m.state, m.joined_at, f.time_zone, f.locale
      from   public.family_members m
      join   public.families f on f.id = m.family_id
      where  m.user_id = app.user_id()
      order  by m.joined_at, f.id;
  end $$;

  create function app.invitation_by_token(hash text)
    returns table (id uuid, family_id uuid, family_name text, email citext, role text, invited_by uuid,
                   expires_at timestamptz, used_at timestamptz, revoked_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select i.id, i.family_id, f.name, i.email, i.role, i.invited_by, i.expires_at, i.used_at, i.revoked_at
      from   public.family_invitations i
      join   public.families f on f.id = i.family_id
      where  i.token_hash = invitation_by_token.hash;
    end;`;

export class Families1763600030000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [families, apps, defaults, familyWall]) await q.query(part);
    const everything = 'select, insert, update, delete';
    const admins = '(select app.is_admin())';
    await protectTenantTable(q, 'family_members', { grants: 'select', auth: everything });
    await protectTenantTable(q, 'family_invitations', { grants: 'select', read: admins, auth: everything });
    await protectTenantTable(q, 'family_settings', {
      grants: 'select, update',
      write: admins,
      auth: 'select, insert',
    });
    await protectTenantTable(q, 'user_app_roles', { write: admins, auth: everything });
    for (const part of [accountsSeenByFamily, lastOwner, crossings]) await q.query(part);
    await this.openCrossings(q);
    await q.query(`
      create view my_families with (security_invoker) as select * from app.my_families();
      comment on view my_families is 'The families of whoever asks, also before one is chosen.';
      grant select on my_families to nself_app, nself_auth;`);
  }

  private async openCrossings(q: QueryRunner): Promise<void> {
    await crossFamilies(q, 'app.my_families()', {
      callers: 'nself_app, nself_auth',
      needs: ['select on families', 'select on family_members'],
    });
    await crossFamilies(q, 'app.invitation_by_token(text)', {
      callers: 'nself_auth',
      needs: ['select on family_invitations'],
    });
    await crossFamilies(q, 'app.keep_an_owner()', { callers: '', needs: ['update on families'] });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop view my_families;
      drop function app.my_families(), app.invitation_by_token(text);
      drop policy known_people on auth.users;
      drop policy oneself      on auth.users;
      drop policy auth_service on auth.users;
      alter table auth.users no force row level security;
      alter table auth.users disable row level security;
      revoke select (id, display_name, avatar_url, locale, created_at), update (display_name, avatar_url, locale)
        on auth.users from nself_app;
      drop table user_app_roles, apps, family_settings, family_invitations, family_members, families;
      drop function app.default_visibility(), app.keep_an_owner(), app.give_settings(), app.announce_family();`);
  }
}
