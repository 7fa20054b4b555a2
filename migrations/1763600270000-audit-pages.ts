import type { MigrationInterface, QueryRunner } from 'typeorm';
import { trailBehindBarrier } from './1763600050000-audit';
import { crossFamilies } from './support';

/**
 * A page of the trail costs what is on it, however long the trail has become. The view stood behind a barrier of its
 * own, so that Postgres looked behind the pseudonyms of every event of the family before it cut out the page; now the
 * walls of the table are the barrier, and only the functions that look behind a pseudonym see past them.
 */
const pages = `
  create function ops.person_behind(pseudonym uuid) returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    if not app.is_admin() then return null; end if;
    return (select p.user_id from ops.audit_pseudonyms p where p.id = pseudonym);
  end $$;

  create index audit_events_order on ops.audit_events (family_id, sequence desc);

  drop view audit_trail;
  create view audit_trail with (security_invoker) as
    select e.id, e.family_id, e.sequence, e.type, ops.person_behind(e.actor_id) as actor_id, e.subject_type,
           case e.subject_type
             when 'user' then coalesce(ops.person_behind(app.uuid_or_null(e.subject_id))::text, e.subject_id)
             else e.subject_id
           end as subject_id,
           ops.with_people(e.old_state) as old_state, ops.with_people(e.new_state) as new_state, e.ip, e.agent, e.trace_id, e.created_at
    from   ops.audit_events e
    where  e.family_id = (select app.family_id()) and (select app.is_admin());
  comment on view audit_trail is 'The family''s audit trail for its owners and admins, with people in place of pseudonyms.';
  grant select on audit_trail to nself_app, nself_auth;`;

export class AuditPages1763600270000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(pages);
    await crossFamilies(q, 'ops.person_behind(uuid)', { callers: 'nself_app, nself_auth' });
    await q.query('revoke select on ops.audit_events from nself_crossing');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('grant select on ops.audit_events to nself_crossing');
    await q.query('grant create on schema public to nself_crossing');
    await q.query(`drop view audit_trail; ${trailBehindBarrier}`);
    await q.query('revoke create on schema public from nself_crossing');
    await q.query('drop index ops.audit_events_order; drop function ops.person_behind(uuid)');
  }
}
