import type { MigrationInterface, QueryRunner } from 'typeorm';
import { admin, contributor, me, protectTenantTable, service, within } from './support';

/**
 * Dates as GEDCOM writes them ("ABT 1900", "BET 3 MAR 1871 AND 1872", "@#DJULIAN@ 25 DEC 1699") are kept word for
 * word; beside each stands the range of days that it can mean, so that it sorts and can be searched. What cannot be
 * understood, a phrase or another calendar, has no range and still survives. GEDCOM 5.5.1, DATE_VALUE; 7.0, section 2.4.
 */
const dates = `
  create function app.julian_day(year integer, month integer, day integer, julian boolean) returns integer
    language sql immutable parallel safe
    return (with shifted as (
      select (14 - month) / 12 as a, year + 4800 - (14 - month) / 12 as y, month + 12 * ((14 - month) / 12) - 3 as m)
      select day + (153 * m + 2) / 5 + 365 * y + y / 4
             + case when julian then -32083 else -y / 100 + y / 400 - 32045 end
      from shifted);

  create function app.gedcom_day(word text) returns daterange
    language plpgsql immutable parallel safe
  as $$
  declare
    part   text[] := regexp_match(upper(trim(word)),
      '^(@#D(JULIAN|GREGORIAN)@ *|(JULIAN|GREGORIAN) +)?((\\d{1,2}) +)?((JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) +)?(\\d{1,4})(/\\d{2})?( *(B\\.?C\\.?(E\\.?)?))?$');
    julian boolean := coalesce(part[2], part[3], 'GREGORIAN') = 'JULIAN';
    day    integer := part[5];
    month  integer := array_position(
      array['JAN','FEB','MAR','APR','MAY','JUN','JUL','AUG','SEP','OCT','NOV','DEC'], part[7]);
    year   integer := part[8];
    first  integer;
    last   integer;
  begin
    if part is null or (day is not null and month is null) or day not between 1 and 31 then return null; end if;
    if part[11] is not null then year := 1 - year; end if;
    first := app.julian_day(year, coalesce(month, 1), coalesce(day, 1), julian);
    last  := case
      when day   is not null then first + 1
      when month = 12 or month is null then app.julian_day(year + 1, 1, 1, julian)
      else app.julian_day(year, month + 1, 1, julian)
    end;
    return daterange('2000-01-01'::date + (first - 2451545), '2000-01-01'::date + (last - 2451545));
  exception when datetime_field_overflow or numeric_value_out_of_range then
    return null;
  end $$;

  create function app.gedcom_range(word text) returns daterange
    language plpgsql immutable parallel safe
  as $$
  declare
    text_  text := regexp_replace(upper(trim(coalesce(word, ''))), '\\s+', ' ', 'g');
    two    text[];
    range  daterange;
  begin
    text_ := regexp_replace(regexp_replace(text_, '^INT ', ''), ' *\\(.*\\)$', '');
    if text_ ~ '^(ABT|CAL|EST) ' then
      range := app.gedcom_day(substr(text_, 5));
      return daterange(lower(range) - 730, upper(range) + 730);
    elsif text_ ~ '^BEF ' then
      return daterange(null, lower(app.gedcom_day(substr(text_, 5))));
    elsif text_ ~ '^TO ' then
      return daterange(null, upper(app.gedcom_day(substr(text_, 4))));
    elsif text_ ~ '^AFT ' then
      return daterange(upper(app.gedcom_day(substr(text_, 5))), null);
    end if;
    two := coalesce(regexp_match(text_, '^BET (.+) AND (.+)$'), regexp_match(text_, '^FROM (.+) TO (.+)$'));
    if two is not null then
      return daterange(lower(app.gedcom_day(two[1])), upper(app.gedcom_day(two[2])));
    elsif text_ ~ '^FROM ' then
      return daterange(lower(app.gedcom_day(substr(text_, 6))), null);
    end if;
    return app.gedcom_day(text_);
  exception when data_exception then
    return null;
  end $$;
  comment on function app.gedcom_range(text) is 'The days that a GEDCOM date can mean; ABT, CAL and EST are taken as two years either way.';`;

const people = `
  create table genealogy_profiles (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    user_id        uuid,
    xref           text,
    given_names    text        not null default '',
    surname        text        not null default '',
    maiden_name    text,
    nickname       text,
    name_prefix    text,
    name_suffix    text,
    sex            text        not null default 'unknown'
                   constraint sex_known check (sex in ('male', 'female', 'other', 'unknown')),
    birth_date     text,
    birth_range    daterange   generated always as (app.gedcom_range(birth_date)) stored,
    birth_place    text,
    death_date     text,
    death_range    daterange   generated always as (app.gedcom_range(death_date)) stored,
    death_place    text,
    living         boolean     not null default true,
    biography      text        not null default '',
    photo_id       uuid,
    gedcom         jsonb       not null default '{}',
    created_by     uuid,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id),
    constraint the_dead_do_not_live check (not (living and (death_date is not null or death_place is not null))),
    constraint death_after_birth check (not (death_range << birth_range)),
    foreign key (family_id, user_id)    references family_members (family_id, user_id) on delete set null (user_id),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by),
    foreign key (family_id, photo_id)   references media_items (family_id, id) on delete set null (photo_id)
  );
  comment on table genealogy_profiles is 'A person of the family tree, living or not, with or without an account.';
  create index genealogy_profiles_name  on genealogy_profiles (family_id, surname, given_names);
  create index genealogy_profiles_birth on genealogy_profiles (family_id, lower(birth_range));
  create unique index genealogy_profiles_xref on genealogy_profiles (family_id, xref) where xref is not null;
  comment on column genealogy_profiles.gedcom is 'Tags of an import that have no column here: an export brings them back.';

  create table genealogy_unions (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    xref         text,
    husband_id   uuid,
    wife_id      uuid,
    type         text        not null default 'married'
                 constraint union_type_known check (type in ('married', 'partners', 'engaged', 'unknown')),
    start_date   text,
    start_range  daterange   generated always as (app.gedcom_range(start_date)) stored,
    start_place  text,
    end_date     text,
    end_range    daterange   generated always as (app.gedcom_range(end_date)) stored,
    end_place    text,
    end_reason   text        constraint union_end_known check (end_reason in ('divorce', 'annulment', 'separation', 'death')),
    gedcom       jsonb       not null default '{}',
    created_by   uuid,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    constraint nobody_marries_themselves check (husband_id <> wife_id),
    constraint union_ends_after_start check (not (end_range << start_range)),
    foreign key (family_id, husband_id) references genealogy_profiles (family_id, id) on delete set null (husband_id),
    foreign key (family_id, wife_id)    references genealogy_profiles (family_id, id) on delete set null (wife_id),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by)
  );
  create index genealogy_unions_husband on genealogy_unions (family_id, husband_id);
  create index genealogy_unions_wife    on genealogy_unions (family_id, wife_id);
  create unique index genealogy_unions_xref on genealogy_unions (family_id, xref) where xref is not null;
  comment on table genealogy_unions is 'A family as GEDCOM means it: husband and wife are its roles, whoever fills them.';

  create table genealogy_children (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    union_id    uuid        not null,
    child_id    uuid        not null,
    pedigree    text        not null default 'birth'
                constraint pedigree_known check (pedigree in ('birth', 'adopted', 'foster', 'step', 'sealing', 'unknown')),
    position    integer     not null default 0,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, union_id, child_id),
    foreign key (family_id, union_id) references genealogy_unions (family_id, id) on delete cascade,
    foreign key (family_id, child_id) references genealogy_profiles (family_id, id) on delete cascade
  );
  comment on table genealogy_children is 'Who is a child of which union, and how.';
  create index genealogy_children_child on genealogy_children (family_id, child_id);`;

const sources = `
  create table genealogy_sources (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    xref         text,
    title        text        not null,
    author       text,
    publication  text,
    repository   text,
    url          text,
    text         text        not null default '',
    gedcom       jsonb       not null default '{}',
    created_by   uuid,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by)
  );
  comment on table genealogy_sources is 'Where something about the family is written.';
  create unique index genealogy_sources_xref on genealogy_sources (family_id, xref) where xref is not null;

  create table genealogy_citations (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    source_id   uuid        not null,
    profile_id  uuid,
    union_id    uuid,
    fact        text        not null default '',
    page        text,
    quality     integer     constraint citation_quality_known check (quality between 0 and 3),
    text        text        not null default '',
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint citation_of_one_thing check (num_nonnulls(profile_id, union_id) = 1),
    foreign key (family_id, source_id)  references genealogy_sources (family_id, id) on delete cascade,
    foreign key (family_id, profile_id) references genealogy_profiles (family_id, id) on delete cascade,
    foreign key (family_id, union_id)   references genealogy_unions (family_id, id) on delete cascade
  );
  comment on table genealogy_citations is 'What a source says about a person or a union.';
  create index genealogy_citations_source  on genealogy_citations (family_id, source_id);
  create index genealogy_citations_profile on genealogy_citations (family_id, profile_id);
  create index genealogy_citations_union   on genealogy_citations (family_id, union_id);`;

const tree = `
  create function app.genealogy_parents(family uuid, child uuid) returns setof uuid
    language sql stable
  as $$
    select unnest(array[u.husband_id, u.wife_id])
    from   public.genealogy_children c
    join   public.genealogy_unions u on u.family_id = c.family_id and u.id = c.union_id
    where  c.family_id = family and c.child_id = child
  $$;

  -- Nobody is their own ancestor. Two edits that each close half of a circle take turns.
  create function app.refuse_ancestral_circle() returns trigger
    language plpgsql
  as $$
  declare
    circle boolean;
  begin
    perform pg_advisory_xact_lock(hashtextextended('genealogy ' || new.family_id, 0));
    with recursive above(person) as (
      select p from public.genealogy_unions u, unnest(array[u.husband_id, u.wife_id]) p
      where u.family_id = new.family_id and p is not null
        and u.id = case tg_table_name when 'genealogy_children' then to_jsonb(new) ->> 'union_id' else new.id::text end::uuid
      union
      select parent from above, app.genealogy_parents(new.family_id, above.person) parent where parent is not null
    )
    select exists (
      select from above join public.genealogy_children c on c.child_id = above.person and c.family_id = new.family_id
      where c.union_id = case tg_table_name when 'genealogy_children' then to_jsonb(new) ->> 'union_id' else new.id::text end::uuid)
    into circle;
    if circle then
      raise exception 'nobody can be their own ancestor'
        using errcode = 'check_violation', constraint = 'no_circle_in_parentage';
    end if;
    return null;
  end $$;
  create trigger no_circle after insert or update on genealogy_children
    for each row execute function app.refuse_ancestral_circle();
  create trigger no_circle after update of husband_id, wife_id on genealogy_unions
    for each row execute function app.refuse_ancestral_circle();

  create function family_tree(profile uuid, up integer default 3, down integer default 3)
    returns setof genealogy_profiles
    language sql stable
  as $$
    with recursive above(person, depth) as (
      select profile, 0
      union
      select parent, depth + 1 from above, app.genealogy_parents(app.family_id(), person) parent
      where depth < least(up, 20) and parent is not null
    ), below(person, depth) as (
      select profile, 0
      union
      select c.child_id, depth + 1
      from   below
      join   genealogy_unions u   on u.family_id = app.family_id() and person in (u.husband_id, u.wife_id)
      join   genealogy_children c on c.family_id = u.family_id and c.union_id = u.id
      where  depth < least(down, 20)
    )
    select g.* from genealogy_profiles g
    where  g.family_id = app.family_id()
    and    g.id in (select person from above union select person from below)
    order  by lower(g.birth_range), g.id
  $$;
  comment on function family_tree is 'The person, ancestors up so many generations and descendants down so many, at most 20 either way.';

  create function genealogy_profile_age(profile genealogy_profiles) returns integer
    language sql stable
    return case
      when profile.birth_range is null or lower(profile.birth_range) is null then null
      when profile.living      then extract(year from age(now(), lower(profile.birth_range)))::integer
      when profile.death_range is null then null
      else extract(year from age(lower(profile.death_range), lower(profile.birth_range)))::integer
    end;
  comment on function genealogy_profile_age is 'Years lived, counted from the earliest day that the birth date can mean.';`;

export class Genealogy1763600120000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [dates, people, sources]) await q.query(part);
    const write = contributor;
    // Details of the living are not for children; their own they may read.
    const read = `not living or ${contributor} or user_id = ${me} or ${service}`;
    await protectTenantTable(q, 'genealogy_profiles', {
      read,
      write,
      delete: `created_by = ${me} or ${admin}`,
    });
    for (const table of ['unions', 'children', 'sources']) {
      await protectTenantTable(q, `genealogy_${table}`, { write });
    }
    // What a source says of somebody is a detail of theirs.
    const about = within('genealogy_citations', 'genealogy_profiles', 'profile_id');
    await protectTenantTable(q, 'genealogy_citations', {
      read: `${contributor} or ${service} or ${about}`,
      write,
    });
    await q.query(tree);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function genealogy_profile_age(genealogy_profiles), family_tree(uuid, integer, integer);
      drop table genealogy_citations, genealogy_sources, genealogy_children, genealogy_unions, genealogy_profiles;
      drop function app.refuse_ancestral_circle(), app.genealogy_parents(uuid, uuid), app.gedcom_range(text),
        app.gedcom_day(text), app.julian_day(integer, integer, integer, boolean);`);
  }
}
