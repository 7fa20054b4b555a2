// What the bench of the walls asks. `query` is GraphQL: the engine writes its SQL, with the permission of an adult in it.
// `plain` names the family and leaves the rest to the policies; `byHand` is `plain` with the rule of visibility in it, as
// somebody would write it who has no row level security.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { loadTypeScript } from '../../../tools/load-typescript.mjs';

const { parse } = createRequire(import.meta.url)('graphql');

const rule = post => `
  ${post}.deleted_at is null
  and exists (select from family_members m where m.family_id = :family and m.user_id = :me and m.state = 'active')
  and (${post}.author_id = :me
       or (${post}.visibility in ('family', 'public', 'adults_only')
           or (${post}.visibility = 'private' and exists (select from post_audiences a
                 where a.family_id = :family and a.post_id = ${post}.id and a.user_id = :me)))
          and not ((select s.mahram_mode from family_settings s where s.family_id = :family)
                   and exists (select from hidden_people h
                               where h.family_id = :family and h.viewer_id = :me and h.person_id = ${post}.author_id)))`;

const post = more => `
  select json_agg(p) from (
    select id, body, visibility, created_at from posts where family_id = :family and id = :row and deleted_at is null ${more}) p`;

const feed = (ofPosts, ofComments, ofAuthors) => `
  select json_agg(r) from (
    select p.id, p.body, author.name, comments.list
    from (select * from posts where family_id = :family and deleted_at is null ${ofPosts} order by created_at desc limit 20) p
    left join lateral (select u.display_name as name from auth.users u where u.id = p.author_id ${ofAuthors}) author on true
    left join lateral (select json_agg(c) as list from (
      select c.body, c.created_at from post_comments c
      where c.family_id = :family and c.post_id = p.id and c.deleted_at is null ${ofComments}
      order by c.created_at desc limit 5) c) comments on true) r`;

const count = more => `
  select count(*), max(created_at) from posts where family_id = :family and deleted_at is null ${more}`;

export const QUESTIONS = {
  'point read of a member': {
    batch: 40,
    query: 'query ($id: uuid!) { family_members_by_pk(id: $id) { id role state joined_at } }',
    row: 'select id from family_members where family_id = :family and user_id = :me',
  },
  'point read of a post': {
    batch: 40,
    query: 'query ($id: uuid!) { posts_by_pk(id: $id) { id body visibility created_at } }',
    row: `select id from posts where family_id = :family and author_id <> :me and visibility = 'family' limit 1`,
    plain: post(''),
    byHand: post(`and ${rule('posts')}`),
  },
  'list of 20 with two relations': {
    batch: 8,
    query: `{ posts(order_by: {created_at: desc}, limit: 20) { id body author { displayName }
                comments(order_by: {created_at: desc}, limit: 5) { body created_at } } }`,
    plain: feed('', '', ''),
    byHand: feed(
      `and ${rule('posts')}`,
      `and exists (select from posts q where q.family_id = :family and q.id = c.post_id and ${rule('q')})`,
      `and u.id in (select m.user_id from family_members m where m.family_id = :family)`,
    ),
  },
  'aggregate over 10,000 rows': {
    batch: 2,
    query: '{ posts_aggregate { aggregate { count max { created_at } } } }',
    plain: count(''),
    byHand: count(`and ${rule('posts')}`),
  },
};

export const SEARCH = { batch: 2, text: 'select json_agg(s) from search(:words) s' };
export const LIKE = {
  batch: 1,
  text: 'select count(*) from search_index where family_id = :family and folded like :pattern',
};

/** Makes SQL of GraphQL, as the engine does on a database with our metadata. */
export async function engineOn(client) {
  const { declared, modelOf } = loadTypeScript('test/rules/served.ts');
  const { plan, valuesOf } = loadTypeScript('libs/graphql-engine/src/planner/index.ts');
  const { buildRoleSchema } = loadTypeScript('libs/graphql-engine/src/schema/index.ts');
  const model = await modelOf(client, declared());
  return (query, variables, session) => {
    const schema = buildRoleSchema(model, session['x-hasura-role'], { backend: false, relay: false });
    const [{ statement }] = plan(schema, parse(query), null, variables).roots;
    return { ...statement, values: valuesOf(statement, variables, session) };
  };
}

/** A statement of ours: names of values become the numbers that Postgres wants. */
export function numbered(text, values) {
  const names = [];
  const place = name => 1 + (names.includes(name) ? names.indexOf(name) : names.push(name) - 1);
  const counted = text.replaceAll(/:(family|me|row|words|pattern)\b/g, (_, name) => `$${place(name)}`);
  const name = createHash('sha1').update(counted).digest('base64url');
  return { name, text: counted, values: names.map(value => values[value]) };
}
