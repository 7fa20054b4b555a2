import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTenantTable } from './support';

const relationships = `
  create table relationships (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    user_id      uuid        not null,
    relative_id  uuid        not null,
    type         text        not null
                 constraint relationship_type_known check (type in
                   ('spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild', 'uncle_aunt', 'nephew_niece',
                    'cousin')),
    is_mahram    boolean,
    note         text        not null default '',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    constraint one_of_each_type_per_pair unique (family_id, user_id, relative_id, type),
    constraint nobody_is_their_own_relative check (user_id <> relative_id),
    foreign key (family_id, user_id)     references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, relative_id) references family_members (family_id, user_id) on delete cascade
  );
  create index relationships_of_relative on relationships (family_id, relative_id);
  comment on table  relationships           is 'The user is the <type> of the relative. The other direction is kept by the database.';
  comment on column relationships.is_mahram is 'Null means nobody has said so; the mahram mode takes that as no.';

  create function app.inverse_relationship(type text) returns text
    language sql immutable parallel safe
    return case type
      when 'parent'       then 'child'
      when 'child'        then 'parent'
      when 'grandparent'  then 'grandchild'
      when 'grandchild'   then 'grandparent'
      when 'uncle_aunt'   then 'nephew_niece'
      when 'nephew_niece' then 'uncle_aunt'
      else type
    end;

  -- Nobody is both the parent and the child of the same person.
  create unique index one_side_of_each_tie on relationships
    (family_id, user_id, relative_id, least(type, app.inverse_relationship(type)));

  -- Near kin are mahram and cousins are not; of uncles, aunts and their like it must be said.
  create function app.presume_mahram() returns trigger
    language plpgsql
  as $$
  begin
    new.is_mahram := coalesce(new.is_mahram, case
      when new.type in ('spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild') then true
      when new.type = 'cousin' then false
    end);
    return new;
  end $$;
  create trigger presume_mahram before insert on relationships for each row execute function app.presume_mahram();

  -- The mirror's own trigger finds nothing left to do, and so the two stop.
  create function app.mirror_relationship() returns trigger
    language plpgsql
  as $$
  begin
    if tg_op = 'DELETE' then
      delete from public.relationships r
      where r.family_id = old.family_id and r.user_id = old.relative_id and r.relative_id = old.user_id
        and r.type = app.inverse_relationship(old.type);
      return null;
    end if;
    insert into public.relationships as r (family_id, user_id, relative_id, type, is_mahram, note)
    values (new.family_id, new.relative_id, new.user_id, app.inverse_relationship(new.type), new.is_mahram, new.note)
    on conflict on constraint one_of_each_type_per_pair
      do update set is_mahram = excluded.is_mahram, note = excluded.note
      where (r.is_mahram, r.note) is distinct from (excluded.is_mahram, excluded.note);
    return null;
  end $$;
  create trigger mirror after insert or update or delete on relationships
    for each row execute function app.mirror_relationship();`;

const controls = `
  create table visibility_overrides (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    viewer_id     uuid        not null,
    author_id     uuid        not null,
    effect        text        not null constraint override_effect_known check (effect in ('allow', 'deny')),
    reason        text        not null default '',
    requested_by  uuid,
    confirmed_by  uuid,
    confirmed_at  timestamptz,
    expires_at    timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, viewer_id, author_id, effect),
    constraint nobody_is_hidden_from_themselves check (viewer_id <> author_id),
    foreign key (family_id, viewer_id)    references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, author_id)    references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, requested_by) references family_members (family_id, user_id) on delete set null (requested_by),
    foreign key (family_id, confirmed_by) references family_members (family_id, user_id) on delete set null (confirmed_by)
  );
  comment on table visibility_overrides is
    'In mahram mode: the viewer may, or may not, see what the author shares. It counts once an admin has confirmed it.';

  create table parental_controls (
    id                uuid        primary key default app.uuid_v7(),
    family_id         uuid        not null references families on delete cascade,
    user_id           uuid        not null,
    adults_only       boolean     not null default false,
    can_post          boolean     not null default true,
    can_message       boolean     not null default true,
    contacts_only     boolean     not null default false,
    activity_visible  boolean     not null default true,
    screen_from       time,
    screen_until      time,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id),
    constraint screen_hours_are_whole check ((screen_from is null) = (screen_until is null)),
    foreign key (family_id, user_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table parental_controls is 'What a minor may do and see, and when.';
  comment on column parental_controls.adults_only      is 'May watch streams that are rated for adults. Posts for adults are never shown to minors.';
  comment on column parental_controls.contacts_only    is 'Sees and writes to nobody but the contacts that are named.';
  comment on column parental_controls.activity_visible is 'Guardians see what the child does.';
  comment on column parental_controls.screen_from      is 'Screen hours in the family''s time zone; they may run over midnight.';

  create table parental_contacts (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    user_id     uuid        not null,
    contact_id  uuid        not null,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id, contact_id),
    foreign key (family_id, user_id)    references parental_controls (family_id, user_id) on delete cascade,
    foreign key (family_id, contact_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table parental_contacts is 'With whom a minor may have to do, when contacts are limited to those named.';`;

/**
 * Who is hidden from whom, and why: the one place where the mahram mode and parental controls become rows. Policies,
 * permissions of GraphQL, search and export all ask this view; it lets through what its reader may read.
 */
const hidden = `
  create function app.within_hours(at timestamptz, zone text, since time, until time) returns boolean
    language sql stable
    return case
      when since is null or until is null then true
      when since <= until then (at at time zone zone)::time >= since and (at at time zone zone)::time < until
      else (at at time zone zone)::time >= since or (at at time zone zone)::time < until
    end;

  create view hidden_people with (security_invoker) as
    select v.family_id, v.user_id as viewer_id, p.user_id as person_id, 'no_mahram_relationship' as reason
    from   family_settings s
    join   family_members v on v.family_id = s.family_id
    join   family_members p on p.family_id = s.family_id and p.user_id <> v.user_id
    where  s.mahram_mode
    and    coalesce(
             (select bool_and(o.effect = 'allow') from visibility_overrides o
              where o.family_id = s.family_id and o.viewer_id = v.user_id and o.author_id = p.user_id
                and o.confirmed_at is not null and (o.expires_at is null or o.expires_at > now())),
             (select bool_and(coalesce(r.is_mahram, false)) from relationships r
              where r.family_id = s.family_id and r.user_id = v.user_id and r.relative_id = p.user_id),
             false) is false
    union all
    select v.family_id, v.user_id, p.user_id, 'parental_restriction'
    from   family_settings s
    join   families f          on f.id = s.family_id
    join   parental_controls c on c.family_id = s.family_id
    join   family_members v    on v.family_id = s.family_id and v.user_id = c.user_id
                              and v.role in ('YOUTH_MEMBER', 'CHILD_MEMBER')
    join   family_members p    on p.family_id = s.family_id and p.user_id <> v.user_id
    where  s.parental_controls
    and    (not app.within_hours(now(), f.time_zone, c.screen_from, c.screen_until)
            or (c.contacts_only and not exists (
                  select from parental_contacts k
                  where k.family_id = s.family_id and k.user_id = c.user_id and k.contact_id = p.user_id)));
  comment on view hidden_people is 'The viewer does not see what the person shares, for this reason.';
  grant select on hidden_people to nself_app;

  -- The same for who asks, as permissions take it. In plpgsql on purpose: written into each permission the view would be
  -- planned and prepared again wherever a statement meets one; and most families have nothing to hide, at a glance.
  create function app.hidden_people_from_me()
    returns table (family_id uuid, viewer_id uuid, person_id uuid, reason text)
    language plpgsql stable rows 5
  as $$
  declare
    family uuid := app.family_id();
    viewer uuid := app.user_id();
  begin
    if not app.is_adult() or (select s.mahram_mode from public.family_settings s where s.family_id = family) then
      return query
        select h.family_id, h.viewer_id, h.person_id, h.reason from public.hidden_people h
        where  h.family_id = family and h.viewer_id = viewer;
    end if;
  end $$;

  create view hidden_from_me with (security_invoker) as select * from app.hidden_people_from_me();
  comment on view hidden_from_me is 'Whose things the reader does not see, for this reason.';
  grant select on hidden_from_me to nself_app;

  -- As policies take it: a subquery of one value costs a statement less than a list that it may never look at.
  create function app.hidden_from_me() returns uuid[]
    language plpgsql stable
  as $$
  begin
    return array(select h.person_id from app.hidden_people_from_me() h);
  end $$;

  -- Whether who asks belongs to the family at this moment, whatever the token still says.
  create function app.is_active_member() returns boolean
    language plpgsql stable
  as $$
  begin
    return app.role() = 'service' or (app.is_person() and exists (
      select from public.family_members m
      where  m.family_id = app.family_id() and m.user_id = app.user_id() and m.state = 'active'));
  end $$;`;

/** What minors do is up to their parental controls; of everybody else no table is read. */
const deeds = `
  create function app.minor_may(deed text) returns boolean
    language plpgsql stable
  as $$
  begin
    return app.role() not in ('youth', 'child') or not exists (
      select from public.parental_controls c
      join   public.family_settings s on s.family_id = c.family_id and s.parental_controls
      join   public.families f        on f.id = c.family_id
      where  c.family_id = app.family_id() and c.user_id = app.user_id()
      and   (case deed when 'post' then not c.can_post when 'message' then not c.can_message end
             or not app.within_hours(now(), f.time_zone, c.screen_from, c.screen_until)));
  end $$;
  comment on function app.minor_may(text) is 'Whether parental controls let whoever asks "post" or "message" at this moment.';`;

const audit = `
  create trigger audit after insert or update or delete on relationships
    for each row execute function app.record_change('relationship');
  create trigger audit after insert or update or delete on visibility_overrides
    for each row execute function app.record_change('visibility_override', 'policy.override_changed');
  create trigger audit after insert or update or delete on parental_controls
    for each row execute function app.record_change('parental_control', 'policy.controls_changed');
  create trigger audit after insert or update or delete on parental_contacts
    for each row execute function app.record_change('parental_contact', 'policy.controls_changed');
  create trigger audit after update of mahram_mode, parental_controls, moderation, default_visibility on family_settings
    for each row execute function app.record_change('family_settings', 'policy.mode_changed');

  -- An override is asked for by one and confirmed by an admin; who it was is not for the client to say.
  create function app.sign_override() returns trigger
    language plpgsql
  as $$
  begin
    if tg_op = 'INSERT' then
      new.requested_by := coalesce(new.requested_by, app.user_id());
      new.confirmed_by := null;
      new.confirmed_at := null;
    elsif new.confirmed_at is null then
      new.confirmed_by := null;
    elsif new.confirmed_at is distinct from old.confirmed_at then
      new.confirmed_by := app.user_id();
      new.confirmed_at := now();
    elsif (new.viewer_id, new.author_id, new.effect, new.expires_at)
          is distinct from (old.viewer_id, old.author_id, old.effect, old.expires_at) then
      -- What was confirmed is no longer what stands here.
      new.confirmed_by := null;
      new.confirmed_at := null;
    end if;
    return new;
  end $$;
  create trigger sign before insert or update on visibility_overrides
    for each row execute function app.sign_override();`;

const admins = '(select app.is_admin())';
const adults = '(select app.is_adult())';

export class Kinship1763600085000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [relationships, controls, hidden, deeds]) await q.query(part);
    await protectTenantTable(q, 'relationships', { write: adults });
    await q.query(`
      revoke update on relationships from nself_app;
      grant  update (is_mahram, note) on relationships to nself_app`);
    await protectTenantTable(q, 'visibility_overrides', {
      insert: `${adults} and requested_by = (select app.user_id())`,
      write: admins,
    });
    await protectTenantTable(q, 'parental_controls', { write: adults });
    await protectTenantTable(q, 'parental_contacts', { write: adults });
    await q.query(audit);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger audit on family_settings;
      drop function app.is_active_member(), app.hidden_from_me(), app.minor_may(text);
      drop view hidden_from_me;
      drop function app.hidden_people_from_me();
      drop view hidden_people;
      drop table parental_contacts, parental_controls, visibility_overrides, relationships;
      drop function app.sign_override(), app.mirror_relationship(), app.presume_mahram(),
        app.inverse_relationship(text), app.within_hours(timestamptz, text, time, time);`);
  }
}
