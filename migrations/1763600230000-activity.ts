import type { MigrationInterface, QueryRunner } from 'typeorm';
import { admin, adult, hidden, me, person, protectTenantTable, service } from './support';

const log = `
  create table activity_log (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    actor_id      uuid,
    verb          text        not null,
    subject_type  text        not null,
    subject_id    uuid,
    summary       text        not null default '',
    data          jsonb       not null default '{}',
    created_at    timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, actor_id) references family_members (family_id, user_id) on delete set null (actor_id)
  );
  create index activity_newest on activity_log (family_id, created_at desc, id desc);
  create index activity_actor  on activity_log (family_id, actor_id, created_at desc);
  comment on table activity_log is 'What is going on in the family. What is private or for adults is not told here.';

  create function app.log_activity() returns trigger
    language plpgsql
  as $$
  declare
    made jsonb := to_jsonb(new);
  begin
    if coalesce(made ->> 'visibility', 'family') in ('family', 'public') and app.user_id() is not null then
      insert into public.activity_log (family_id, actor_id, verb, subject_type, subject_id, summary)
      values (new.family_id, app.user_id(), 'created', tg_argv[0], new.id, left(coalesce(made ->> 'title', made ->> 'body', ''), 120));
    end if;
    return null;
  end $$;
  create trigger activity after insert on posts   for each row execute function app.log_activity('post');
  create trigger activity after insert on albums  for each row execute function app.log_activity('album');
  create trigger activity after insert on events  for each row execute function app.log_activity('event');
  create trigger activity after insert on trips   for each row execute function app.log_activity('trip');
  create trigger activity after insert on recipes for each row execute function app.log_activity('recipe');`;

/** "Why can X not see Y?" answered by the same verdict that the policy uses, for a viewer other than who asks. */
const reasons = `
  create function app.visibility_reason(viewer uuid, post uuid) returns text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  as $$
  declare
    thing  public.posts;
    member public.family_members;
  begin
    if not (app.is_admin() or viewer = app.user_id()) then return null; end if;
    select * into thing  from public.posts p where p.family_id = app.family_id() and p.id = post;
    if not found then return 'post_not_found'; end if;
    select * into member from public.family_members m
    where  m.family_id = app.family_id() and m.user_id = viewer and m.state = 'active';
    return app.visibility_verdict(
      thing.deleted_at is not null,
      member.role in ('OWNER', 'ADMIN', 'ADULT_MEMBER', 'YOUTH_MEMBER', 'CHILD_MEMBER'),
      thing.author_id = viewer,
      thing.visibility,
      member.role in ('OWNER', 'ADMIN', 'ADULT_MEMBER'),
      exists (select from public.post_audiences a
              where a.family_id = thing.family_id and a.post_id = thing.id and a.user_id = viewer),
      exists (select from public.hidden_people h where h.family_id = thing.family_id and h.viewer_id = viewer
              and h.person_id = thing.author_id and h.reason = 'no_mahram_relationship'),
      exists (select from public.hidden_people h where h.family_id = thing.family_id and h.viewer_id = viewer
              and h.person_id = thing.author_id and h.reason = 'parental_restriction'));
  end $$;
  comment on function app.visibility_reason(uuid, uuid) is 'For admins, and for anybody about themselves; null for others.';

  create view visibility_answers with (security_invoker) as
    select m.family_id, m.user_id as viewer_id, m.user_id as post_id, ''::text as reason, false as visible
    from   family_members m where false;
  grant select on visibility_answers to nself_app;

  create function why_visible(viewer uuid, post uuid) returns setof visibility_answers
    language sql stable
  as $$
    select app.family_id(), viewer, post, r.reason, r.reason in ('author', 'policy_passed')
    from   app.visibility_reason(viewer, post) r(reason)
    where  r.reason is not null
  $$;
  comment on function why_visible is 'Whether somebody sees a post, and why: for the admin page''s "why can X not see Y".';

  create function visible_feed(before timestamptz default null, most integer default 20) returns setof posts
    language sql stable
  as $$
    select p.* from posts p
    where  p.family_id = (select app.family_id()) and p.deleted_at is null
    and    (before is null or p.created_at < before)
    order  by p.pinned and before is null desc, p.created_at desc, p.id desc
    limit  least(most, 100)
  $$;
  comment on function visible_feed is 'The newest posts that the reader may see, pinned ones first on the first page.';

  create function post_visibility_reason(post posts, viewer uuid) returns text
    language sql stable
    return app.visibility_reason(viewer, post.id);`;

const shownActivity = `
  ${me} = actor_id or ${service} or (${person} and (${admin} or not exists (
    select from parental_controls c
    where c.family_id = activity_log.family_id and c.user_id = activity_log.actor_id and not c.activity_visible))
    and (${adult} or actor_id is null or not ${hidden('actor_id')}))`;

export class Activity1763600230000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(log);
    await protectTenantTable(q, 'activity_log', {
      grants: 'select, insert',
      read: shownActivity,
      insert: `actor_id = ${me} or ${service}`,
      touch: false,
    });
    await q.query(reasons);
    await q.query(`
      grant select on posts, post_audiences, hidden_people, relationships, visibility_overrides, parental_controls,
        parental_contacts, family_settings to nself_crossing;
      grant create on schema app to nself_crossing;
      alter function app.visibility_reason(uuid, uuid) owner to nself_crossing;
      revoke create on schema app from nself_crossing;
      revoke execute on function app.visibility_reason(uuid, uuid) from public;
      grant execute on function app.visibility_reason(uuid, uuid) to nself_app, nself_admin;`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function post_visibility_reason(posts, uuid), visible_feed(timestamptz, integer), why_visible(uuid, uuid);
      drop view visibility_answers;
      drop function app.visibility_reason(uuid, uuid);
      revoke all on posts, post_audiences, hidden_people, relationships, visibility_overrides from nself_crossing;
      ${['posts', 'albums', 'events', 'trips', 'recipes'].map(table => `drop trigger activity on ${table};`).join('\n')}
      drop table activity_log;
      drop function app.log_activity();`);
  }
}
