import type { MigrationInterface, QueryRunner } from 'typeorm';
import { admin, adult, me, protectTenantTable } from './support';

const tables = `
  create table inheritance_scenarios (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    author_id   uuid        not null,
    name        text        not null constraint scenario_has_a_name check (name ~ '\\S'),
    version     integer     not null,
    content     jsonb       not null,
    created_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, author_id, name, version),
    foreign key (family_id, author_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table inheritance_scenarios is 'Never changed: a new thought is a new version of the same name.';

  create function app.number_scenario() returns trigger
    language plpgsql
  as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'scenario', new.family_id, new.author_id, new.name), 0));
    select coalesce(max(s.version), 0) + 1 into new.version
    from   public.inheritance_scenarios s
    where  s.family_id = new.family_id and s.author_id = new.author_id and s.name = new.name;
    return new;
  end $$;
  create trigger number before insert on inheritance_scenarios for each row execute function app.number_scenario();

  create function app.refuse_change() returns trigger
    language plpgsql
  as $$
  begin
    raise exception 'a row of % is never changed', tg_table_name
      using errcode = 'check_violation', constraint = 'written_once';
  end $$;
  create trigger written_once before update on inheritance_scenarios for each row execute function app.refuse_change();

  create table digital_successors (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    user_id       uuid        not null,
    successor_id  uuid        not null,
    scope         text        not null default 'everything'
                  constraint succession_scope_known check (scope in ('everything', 'media', 'vaults', 'family')),
    instructions  text        not null default '',
    accepted_at   timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, user_id, successor_id, scope),
    constraint nobody_succeeds_themselves check (user_id <> successor_id),
    foreign key (family_id, user_id)      references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, successor_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table digital_successors is 'Who takes over something of somebody, if they accept.';
  create index digital_successors_successor on digital_successors (family_id, successor_id);

  -- Nobody accepts for somebody else, and what was accepted is what stands there.
  create function app.sign_succession() returns trigger
    language plpgsql
  as $$
  begin
    if tg_op = 'INSERT' or new.accepted_at is null
       or (new.successor_id, new.scope) is distinct from (old.successor_id, old.scope) then
      new.accepted_at := null;
    elsif old.accepted_at is null then
      if app.user_id() is distinct from new.successor_id then
        raise exception 'only the successor accepts'
          using errcode = 'check_violation', constraint = 'only_the_successor_accepts';
      end if;
      new.accepted_at := now();
    end if;
    return new;
  end $$;
  create trigger sign before insert or update on digital_successors
    for each row execute function app.sign_succession();
  create trigger only_author_rewrites before update of instructions, scope, successor_id on digital_successors
    for each row when ((old.instructions, old.scope, old.successor_id) is distinct from (new.instructions, new.scope, new.successor_id))
    execute function app.only_author_rewrites('user_id');

  create table memorial_profiles (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    profile_id    uuid        not null,
    message       text        not null default '',
    cover_id      uuid,
    state         text        not null default 'requested'
                  constraint memorial_state_known check (state in ('requested', 'approved', 'rejected')),
    requested_by  uuid        not null,
    decided_by    uuid,
    decided_at    timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, profile_id),
    constraint requester_is_not_approver check (requested_by <> decided_by),
    constraint decision_is_whole check ((state = 'requested') = (decided_by is null)),
    foreign key (family_id, profile_id)   references genealogy_profiles (family_id, id) on delete cascade,
    foreign key (family_id, cover_id)     references media_items (family_id, id) on delete set null (cover_id),
    foreign key (family_id, requested_by) references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, decided_by)   references family_members (family_id, user_id) on delete cascade
  );
  comment on table memorial_profiles is
    'A page in memory of somebody, once an admin other than who asked has approved it.';

  create function app.sign_memorial() returns trigger
    language plpgsql
  as $$
  begin
    if new.state = 'requested' then
      new.decided_by := null;
      new.decided_at := null;
    elsif old.state is distinct from new.state then
      new.decided_by := coalesce(app.user_id(), new.decided_by);
      new.decided_at := now();
    end if;
    return new;
  end $$;
  create trigger sign before update of state on memorial_profiles for each row execute function app.sign_memorial();`;

export class Succession1763600200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    await protectTenantTable(q, 'inheritance_scenarios', {
      grants: 'select, insert, delete',
      read: `author_id = ${me}`,
      write: `author_id = ${me} and ${adult}`,
      touch: false,
    });
    await protectTenantTable(q, 'digital_successors', {
      read: `user_id = ${me} or successor_id = ${me}`,
      insert: `user_id = ${me} and ${adult}`,
      update: `user_id = ${me} or successor_id = ${me}`,
      delete: `user_id = ${me} or successor_id = ${me}`,
    });
    await protectTenantTable(q, 'memorial_profiles', {
      read: `state = 'approved' or requested_by = ${me} or ${admin}`,
      insert: `requested_by = ${me} and state = 'requested' and ${adult}`,
      update: admin,
      delete: admin,
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table memorial_profiles, digital_successors, inheritance_scenarios;
      drop function app.sign_memorial(), app.sign_succession(), app.refuse_change(), app.number_scenario();`);
  }
}
