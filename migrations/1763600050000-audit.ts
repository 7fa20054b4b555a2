import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies, protectTenantTable } from './support';

/**
 * The audit trail: insert only, one hash chain per family and one for the platform.
 *
 * Each event carries the hash of the one before it, so that none can be changed or left out unnoticed; the head of
 * each chain is a row of its own, locked while an event joins. A person who is erased must vanish from a chain that
 * may not change: events therefore name a pseudonym, and the table that says whose it is can forget it.
 */
const tables = `
  create table ops.audit_pseudonyms (
    id          uuid        primary key default gen_random_uuid(),
    user_id     uuid        unique,
    created_at  timestamptz not null default now(),
    erased_at   timestamptz
  );
  comment on table ops.audit_pseudonyms is 'Whom a pseudonym in the audit trail stands for; erasure empties user_id.';

  create table ops.audit_chains (
    chain       uuid        primary key,
    sequence    bigint      not null default 0,
    hash        bytea       not null default '',
    created_at  timestamptz not null default now()
  );
  comment on table ops.audit_chains is 'The last event of each chain: of each family, and of the platform.';
  comment on column ops.audit_chains.chain is 'The family, or the nil uuid for the platform.';

  create table ops.audit_events (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid,
    sequence       bigint      not null,
    type           text        not null,
    actor_id       uuid,
    subject_type   text,
    subject_id     text,
    old_state      jsonb,
    new_state      jsonb,
    ip             inet,
    agent          text,
    trace_id       text,
    created_at     timestamptz not null default now(),
    previous_hash  bytea       not null,
    hash           bytea       not null,
    unique (family_id, id)
  );
  create unique index audit_events_chain   on ops.audit_events (coalesce(family_id, '00000000-0000-0000-0000-000000000000'), sequence);
  create        index audit_events_newest  on ops.audit_events (family_id, created_at desc, id desc);
  create        index audit_events_subject on ops.audit_events (family_id, subject_type, subject_id);
  comment on table  ops.audit_events            is 'What happened, who did it, to what. Rows are never changed and never removed.';
  comment on column ops.audit_events.actor_id   is 'Inserted as the user; kept as her pseudonym.';
  comment on column ops.audit_events.family_id  is 'No foreign key: the trail outlives the family.';`;

const chain = `
  -- In plpgsql, like all that a sign-in waits for: its plans last as long as the connection.
  create function ops.audit_hash(event ops.audit_events) returns bytea
    language plpgsql stable set timezone = 'UTC'
  as $$
  begin
    return sha256(event.previous_hash || convert_to(
      jsonb_build_array(
        event.id, event.family_id, event.sequence, event.type, event.actor_id, event.subject_type, event.subject_id,
        event.old_state, event.new_state, event.ip, event.agent, event.trace_id, event.created_at)::text, 'UTF8'));
  end $$;

  create function ops.pseudonym(person uuid) returns uuid
    language plpgsql
  as $$
  declare
    found_id uuid;
  begin
    if person is null then return null; end if;
    select p.id into found_id from ops.audit_pseudonyms p where p.user_id = person;
    if found then return found_id; end if;
    insert into ops.audit_pseudonyms (user_id) values (person) on conflict (user_id) do nothing;
    select p.id into strict found_id from ops.audit_pseudonyms p where p.user_id = person;
    return found_id;
  end $$;

  -- People are named in what was and what became too, wherever in it they stand.
  create function ops.with_pseudonyms(state jsonb) returns jsonb
    language plpgsql
  as $$
  declare
    words  text := state::text;
    person uuid;
  begin
    if words is null or words !~ '[0-9a-f]{8}-[0-9a-f]{4}-' then return state; end if;
    for person in
      select u.id from auth.users u
      where  u.id in (select w[1]::uuid from regexp_matches(words, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') w)
    loop
      words := replace(words, person::text, ops.pseudonym(person)::text);
    end loop;
    return words::jsonb;
  end $$;

  create function ops.join_audit_chain() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  declare
    chain_of uuid := coalesce(new.family_id, '00000000-0000-0000-0000-000000000000');
    actor    uuid := ops.pseudonym(new.actor_id);
    subject  uuid := case when new.subject_type = 'user' then app.uuid_or_null(new.subject_id) end;
    head     ops.audit_chains;
  begin
    select * into head from ops.audit_chains c where c.chain = chain_of for update;
    if not found then
      insert into ops.audit_chains (chain) values (chain_of) on conflict do nothing;
      select * into strict head from ops.audit_chains c where c.chain = chain_of for update;
    end if;

    if subject is not null then
      new.subject_id := case when subject = new.actor_id then actor else ops.pseudonym(subject) end;
    end if;
    new.actor_id      := actor;
    new.old_state     := ops.with_pseudonyms(new.old_state);
    new.new_state     := ops.with_pseudonyms(new.new_state);
    new.sequence      := head.sequence + 1;
    new.previous_hash := head.hash;
    new.created_at    := clock_timestamp();
    new.hash          := ops.audit_hash(new);

    update ops.audit_chains set sequence = new.sequence, hash = new.hash where chain = chain_of;
    return new;
  end $$;
  create trigger join_chain before insert on ops.audit_events for each row execute function ops.join_audit_chain();

  create function ops.refuse_rewriting() returns trigger
    language plpgsql
  as $$
  begin
    raise exception 'the audit trail is written once'
      using errcode = 'check_violation', constraint = 'audit_is_insert_only';
  end $$;
  create trigger insert_only before update or delete or truncate on ops.audit_events
    for each statement execute function ops.refuse_rewriting();

  -- The first event of each chain that does not follow from the one before it; no row when all is well.
  create function ops.audit_faults(chain_of uuid default null)
    returns table (chain uuid, sequence bigint, fault text)
    language sql stable
  as $$
    with events as (
      select coalesce(e.family_id, '00000000-0000-0000-0000-000000000000') as chain, e.sequence, e.previous_hash, e.hash,
             ops.audit_hash(e) as expected,
             lag(e.hash, 1, ''::bytea) over w as before,
             lag(e.sequence, 1, 0::bigint) over w as last
      from   ops.audit_events e
      window w as (partition by e.family_id order by e.sequence)
    ), faults as (
      select chain, sequence, case
               when sequence <> last + 1         then 'an event before it is missing'
               when previous_hash <> before      then 'it does not follow from the event before it'
               when hash <> expected             then 'it was changed'
             end as fault
      from events
      union all
      select c.chain, c.sequence, 'the end of the chain is missing'
      from   ops.audit_chains c
      where  c.sequence <> (select count(*) from events e where e.chain = c.chain)
    )
    select distinct on (f.chain) f.chain, f.sequence, f.fault
    from   faults f
    where  f.fault is not null and (chain_of is null or f.chain = chain_of)
    order  by f.chain, f.sequence
  $$;`;

/** Triggers of other tables write the trail by this, so that an edit over GraphQL leaves its mark as well. */
const recorder = `
  create function ops.record(type text, family uuid, subject_type text, subject_id text,
                             old_state jsonb default null, new_state jsonb default null) returns void
    language sql volatile
    begin atomic
      insert into ops.audit_events (family_id, type, actor_id, subject_type, subject_id, old_state, new_state, trace_id)
      values (family, type, app.user_id(), subject_type, subject_id, old_state, new_state, app.trace_id());
    end;

  -- For triggers: what the row is called, and the word for the trail where it is not "<what>.created", "changed", "removed".
  create function app.record_change() returns trigger
    language plpgsql
  as $$
  declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    is_ jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  begin
    -- One edit is one event: what the database does by itself because of it is none.
    if pg_trigger_depth() > 1 then return null; end if;
    perform ops.record(
      coalesce(tg_argv[1], tg_argv[0] || case tg_op when 'INSERT' then '.created' when 'UPDATE' then '.changed' else '.removed' end),
      (coalesce(is_, was) ->> 'family_id')::uuid, tg_argv[0], coalesce(is_, was) ->> 'id', was, is_);
    return null;
  end $$;

  -- The other way round, for stewards: who has been erased stays behind the pseudonym.
  create function ops.with_people(state jsonb) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  as $$
  declare
    words  text := state::text;
    person record;
  begin
    if not app.is_admin() then return null; end if;
    for person in
      select p.id, p.user_id from ops.audit_pseudonyms p
      where  p.user_id is not null and p.id in (
        select w[1]::uuid from regexp_matches(words, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') w)
    loop
      words := replace(words, person.id::text, person.user_id::text);
    end loop;
    return words::jsonb;
  end $$;`;

/** The view of the trail; `AuditPages1763600270000` makes it anew, and this one again when it is undone. */
export const trailBehindBarrier = `
  create view audit_trail with (security_barrier) as
    select e.id, e.family_id, e.sequence, e.type, a.user_id as actor_id, e.subject_type,
           coalesce(s.user_id::text, e.subject_id) as subject_id,
           ops.with_people(e.old_state) as old_state, ops.with_people(e.new_state) as new_state, e.ip, e.agent, e.trace_id, e.created_at
    from   ops.audit_events e
    left   join ops.audit_pseudonyms a on a.id = e.actor_id
    left   join ops.audit_pseudonyms s on e.subject_type = 'user' and s.id = app.uuid_or_null(e.subject_id)
    where  e.family_id = (select app.family_id()) and (select app.is_admin());
  alter view audit_trail owner to nself_crossing;
  comment on view audit_trail is 'The family''s audit trail for its owners and admins, with people in place of pseudonyms.';

  grant select on audit_trail to nself_app, nself_auth;`;

export class Audit1763600050000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    await q.query(chain);
    await protectTenantTable(q, 'ops.audit_events', {
      grants: 'select, insert',
      read: '(select app.is_admin())',
      insert: 'true',
      auth: 'select, insert',
      platformRows: true,
      touch: false,
      announce: false,
    });
    await q.query('revoke update, delete, truncate on ops.audit_events from nself_admin');
    await crossFamilies(q, 'ops.join_audit_chain()', {
      callers: '',
      needs: [
        'select, insert, update on ops.audit_chains',
        'select, insert on ops.audit_pseudonyms',
        'select (id) on auth.users',
      ],
    });
    await q.query(
      'grant create on schema public to nself_crossing; grant select on ops.audit_events to nself_crossing',
    );
    await q.query(recorder + trailBehindBarrier);
    await q.query('revoke create on schema public from nself_crossing');
    await crossFamilies(q, 'ops.with_people(jsonb)', { callers: 'nself_app, nself_auth' });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop view audit_trail;
      revoke select (id) on auth.users from nself_crossing;
      drop function app.record_change(), ops.with_people(jsonb), ops.record(text, uuid, text, text, jsonb, jsonb), ops.audit_faults(uuid);
      drop trigger join_chain on ops.audit_events;
      drop function ops.join_audit_chain(), ops.with_pseudonyms(jsonb), ops.pseudonym(uuid), ops.audit_hash(ops.audit_events);
      drop table ops.audit_events, ops.audit_chains, ops.audit_pseudonyms;
      drop function ops.refuse_rewriting();`);
  }
}
