import { sessionOf } from '../../libs/graphql-engine/src/executor';
import { world, type World } from '../../libs/graphql-engine/src/testing/world.fixture';

/**
 * Two people and what they wrote. Each may see and change what is theirs; salaries, drafts of others and the notes of
 * the house are nobody's business. Whoever finds out anything about those by any question has found a leak.
 */
const schema = `
  create table person (
    id       int  primary key,
    name     text not null unique,
    salary   int  not null,
    boss_id  int  references person
  );
  create table post (
    id        serial  primary key,
    author_id int     not null references person,
    slug      text    not null unique,
    body      text    not null default '',
    stars     int     not null default 0,
    hidden    boolean not null default false
  );
  create table note (
    id      serial primary key,
    post_id int    not null references post on delete cascade,
    text    text   not null
  );
  create table secret (
    id   int  primary key,
    text text not null
  );
  create function grade(person) returns int language sql stable as 'select $1.salary / 1000';
  create function initials(person) returns text language sql stable as 'select left($1.name, 1)';
  insert into person values (1, 'Ada', 9000, null), (2, 'Bob', 5000, 1), (3, 'Cy', 7000, 1);
  insert into post (author_id, slug, body, stars, hidden) values
    (1, 'a1', 'by Ada', 5, false), (1, 'a2', 'by Ada, hidden', 9, true),
    (2, 'b1', 'by Bob', 3, false), (2, 'b2', 'by Bob, hidden', 1, true);
  insert into note (post_id, text) values (1, 'x'), (1, 'y'), (3, 'z'), (4, 'w');
  insert into secret values (1, 'the house');`;

const table = (name: string) => ({ schema: 'public', name });
const by = (permission: object) => [{ role: 'user', permission }];
const me = { author_id: { _eq: 'X-Hasura-User-Id' } };
const mine = { _or: [me, { hidden: { _eq: false } }] };

const source = {
  tables: [
    {
      table: table('person'),
      array_relationships: [
        {
          name: 'posts',
          using: { foreign_key_constraint_on: { table: table('post'), column: 'author_id' } },
        },
        { name: 'team', using: { foreign_key_constraint_on: { table: table('person'), column: 'boss_id' } } },
      ],
      object_relationships: [{ name: 'boss', using: { foreign_key_constraint_on: 'boss_id' } }],
      computed_fields: [
        { name: 'grade', definition: { function: table('grade') } },
        { name: 'initials', definition: { function: table('initials') } },
      ],
      select_permissions: by({
        columns: ['id', 'name', 'boss_id'],
        computed_fields: ['initials'],
        filter: { id: { _eq: 'X-Hasura-User-Id' } },
        allow_aggregations: true,
      }),
      update_permissions: by({ columns: ['name'], filter: { id: { _eq: 'X-Hasura-User-Id' } } }),
    },
    {
      table: table('post'),
      object_relationships: [{ name: 'author', using: { foreign_key_constraint_on: 'author_id' } }],
      array_relationships: [
        { name: 'notes', using: { foreign_key_constraint_on: { table: table('note'), column: 'post_id' } } },
      ],
      select_permissions: by({
        columns: ['id', 'author_id', 'slug', 'body', 'hidden'],
        filter: mine,
        allow_aggregations: true,
      }),
      insert_permissions: by({ columns: ['slug', 'body', 'hidden', 'author_id'], check: me }),
      update_permissions: by({ columns: ['body', 'hidden', 'author_id'], filter: me, check: me }),
      delete_permissions: by({ filter: me }),
    },
    {
      table: table('note'),
      object_relationships: [{ name: 'post', using: { foreign_key_constraint_on: 'post_id' } }],
      select_permissions: by({ columns: ['id', 'text', 'post_id'], filter: { post: me } }),
      insert_permissions: by({ columns: ['text', 'post_id'], check: { post: me } }),
    },
    { table: table('secret') },
  ],
};

export const leakyWorld = (): Promise<World> => world({ schema, source });

export const ada = sessionOf('user', { 'x-hasura-user-id': '1' });
export const bob = sessionOf('user', { 'x-hasura-user-id': '2' });
export const nobody = sessionOf('user', {});
