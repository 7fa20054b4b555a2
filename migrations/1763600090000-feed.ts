import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  admin,
  mayPost,
  me,
  mine,
  person,
  protectTenantTable,
  service,
  visible,
  within,
  withinMine,
} from './support';

const tables = `
  create table posts (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    author_id   uuid,
    type        text        not null default 'text'
                constraint post_type_known check (type in
                  ('text', 'photo', 'video', 'album', 'event', 'recipe', 'milestone')),
    body        text        not null default '',
    visibility  text        not null default app.default_visibility()
                constraint post_visibility_known check (visibility in ('family', 'adults_only', 'private', 'public')),
    pinned      boolean     not null default false,
    metadata    jsonb       not null default '{}',
    deleted_at  timestamptz,
    deleted_by  uuid,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint post_deletion_is_whole check (deleted_by is null or deleted_at is not null),
    foreign key (family_id, author_id)  references family_members (family_id, user_id) on delete set null (author_id),
    foreign key (family_id, deleted_by) references family_members (family_id, user_id) on delete set null (deleted_by)
  );
  comment on table posts is 'What somebody tells the family.';
  create index posts_newest on posts (family_id, created_at desc, id desc) where deleted_at is null;
  create index posts_author on posts (family_id, author_id, created_at desc);
  create index posts_pinned on posts (family_id) where pinned and deleted_at is null;

  create table post_audiences (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    post_id     uuid        not null,
    user_id     uuid        not null,
    granted_by  uuid,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, post_id, user_id),
    foreign key (family_id, post_id)    references posts (family_id, id) on delete cascade,
    foreign key (family_id, user_id)    references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, granted_by) references family_members (family_id, user_id) on delete set null (granted_by)
  );
  create index post_audiences_viewer on post_audiences (family_id, user_id, post_id);
  comment on table post_audiences is 'Who sees a private post. Nobody else does, admins included.';

  create table post_reactions (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    post_id     uuid        not null,
    user_id     uuid        not null,
    emoji       text        not null constraint reaction_is_short check (length(emoji) between 1 and 32),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, post_id, user_id, emoji),
    foreign key (family_id, post_id) references posts (family_id, id) on delete cascade,
    foreign key (family_id, user_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table post_reactions is 'How somebody feels about a post.';

  create table post_comments (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    post_id     uuid        not null,
    author_id   uuid,
    parent_id   uuid,
    body        text        not null constraint comment_says_something check (body ~ '\\S'),
    deleted_at  timestamptz,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, post_id, id),
    foreign key (family_id, post_id)            references posts (family_id, id) on delete cascade,
    foreign key (family_id, post_id, parent_id) references post_comments (family_id, post_id, id) on delete cascade,
    foreign key (family_id, author_id) references family_members (family_id, user_id) on delete set null (author_id)
  );
  comment on table post_comments is 'What somebody says to a post, or to another comment.';
  create index post_comments_of_post on post_comments (family_id, post_id, created_at, id);
  create index post_comments_author  on post_comments (family_id, author_id);`;

/**
 * The rule of visibility, once. It is a single expression without subqueries, so that Postgres puts it in place of
 * its call: a policy, a search and an export all evaluate the very same CASE, and none pays for a function call.
 * Order matters and is the order of the reasons.
 */
const visibility = `
  create function app.visibility_verdict(deleted boolean, is_member boolean, is_author boolean, visibility text,
                                         is_adult boolean, in_audience boolean, mahram_hidden boolean,
                                         parent_hidden boolean) returns text
    language sql immutable parallel safe
    return case
      when deleted                                          then 'post_not_found'
      when is_member is not true                            then 'not_family_member'
      when is_author                                        then 'author'
      when visibility = 'adults_only' and not is_adult      then 'adults_only_content'
      when visibility = 'private' and not in_audience       then 'not_in_audience'
      when mahram_hidden                                    then 'no_mahram_relationship'
      when parent_hidden                                    then 'parental_restriction'
      when visibility in ('public', 'family', 'adults_only', 'private') then 'policy_passed'
      else 'post_not_found'
    end;
  comment on function app.visibility_verdict is 'Why somebody sees a thing or does not: "author" and "policy_passed" see it.';`;

const audience = `
  -- Posts ask for their audience and the audience for its post: the body of a function is not part of the policy.
  create function app.shared_posts() returns setof uuid
    language plpgsql stable
  as $$
  begin
    return query select a.post_id from public.post_audiences a
      where a.family_id = app.family_id() and a.user_id = app.user_id();
  end $$`;

const triggers = `
  create trigger note_deletion before update of deleted_at on posts
    for each row execute function app.note_deletion();
  create trigger only_author_rewrites before update of body, visibility on posts
    for each row when ((old.body, old.visibility) is distinct from (new.body, new.visibility))
    execute function app.only_author_rewrites('author_id');
  create trigger only_author_rewrites before update of body on post_comments
    for each row when (old.body is distinct from new.body) execute function app.only_author_rewrites('author_id');`;

const ownReaction = `user_id = ${me} and ${person}`;

export class Feed1763600090000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    await q.query(visibility);
    await q.query(triggers);
    await q.query(audience);
    await protectTenantTable(q, 'post_audiences', {
      read: `user_id = ${me} or granted_by = ${me}`,
      write: `granted_by = ${me} and ${withinMine('post_audiences', 'posts', 'post_id', 'author_id')}`,
    });
    await protectTenantTable(q, 'posts', {
      read: visible('id in (select app.shared_posts())'),
      insert: `(${mine('author_id')} and ${mayPost}) or ${service}`,
      write: `${mine('author_id')} or ${admin}`,
    });
    const post = within('post_reactions', 'posts', 'post_id');
    await protectTenantTable(q, 'post_reactions', { read: post, write: `${ownReaction} and ${post}` });
    await protectTenantTable(q, 'post_comments', {
      read: within('post_comments', 'posts', 'post_id'),
      insert: `${mine('author_id')} and ${mayPost} and ${within('post_comments', 'posts', 'post_id')}`,
      write: `${mine('author_id')} or ${admin}`,
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table post_comments, post_reactions, post_audiences, posts cascade;
      drop function app.shared_posts();
      drop function app.visibility_verdict;`);
  }
}
