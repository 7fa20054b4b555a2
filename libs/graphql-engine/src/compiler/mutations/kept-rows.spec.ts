import { randomBytes } from 'node:crypto';
import { sessionOf } from '../../executor';
import { world, type World } from '../../testing/world.fixture';

/** Rows that wait in the transaction for a later statement must come back as they were, whatever they hold. */
const login = `kept_rows_${randomBytes(4).toString('hex')}`;

const schema = `
  create domain label as text not null check (value <> '');
  create type mood as enum ('fine', 'so "so"');
  create type point_of as (x int, note text);
  create table kind (id int primary key, name text);
  insert into kind values (1, 'one');
  create table thing (
    id       int primary key,
    kind_id  int references kind,
    t        text,
    f        float8,
    n        numeric,
    b        bytea,
    at       timestamptz,
    period   tstzrange,
    span     interval,
    grid     int[],
    texts    text[],
    j        json,
    jb       jsonb,
    m        mood,
    p        point_of,
    "we""ird 'name" text
  );
  create table strict (id int primary key, kind_id int references kind, name label, other label default 'x');
  create table guarded (id int primary key, kind_id int references kind, open text, closed text default 'secret');
  create role ${login};
  grant select on kind to ${login};
  grant select (id, kind_id, open), insert (id, kind_id, open), update (open), delete on guarded to ${login};`;

const table = (name: string) => ({ schema: 'public', name });
const kind = { name: 'kind', using: { foreign_key_constraint_on: 'kind_id' } };
const by = (permission: object) => [{ role: 'user', permission }];
const columns = ['id', 'kind_id', 'open'];

const source = {
  tables: [
    { table: table('kind'), select_permissions: by({ columns: '*', filter: {} }) },
    {
      table: table('thing'),
      object_relationships: [kind],
      configuration: { column_config: { 'we"ird \'name': { custom_name: 'weird' } } },
    },
    { table: table('strict'), object_relationships: [kind] },
    {
      table: table('guarded'),
      object_relationships: [kind],
      select_permissions: by({ columns, filter: {} }),
      insert_permissions: by({ columns, check: {} }),
      update_permissions: by({ columns: ['open'], filter: {}, check: {} }),
      delete_permissions: by({ filter: {} }),
    },
  ],
};

const all = 'id t f n b at period span grid texts j jb m p weird';

describe('rows that are kept for a later statement', () => {
  const user = sessionOf('user', {});
  let here: World;
  let limited: World;
  beforeAll(async () => {
    here = await world({ schema, source });
    limited = await world({ schema: schema.replace(/create role.*/, ''), source, login });
  });
  afterAll(async () => {
    await limited.drop();
    await here.client.query(`drop owned by ${login}; drop role ${login}`);
    await here.drop();
  });

  it('lose nothing', async () => {
    await here.client.query(`insert into thing values
      (1, 1, e'a "b" {c}, \\\\d\\n', 'infinity', 1.500, '\\xdeadbeef', 'infinity', '[2020-01-01,)', '1 mon 2 days',
       '{{1,2},{3,null}}', '{"a,b","{}",null,""}', '{"b" : 1,  "a":[null]}', '{"x": "y"}', 'so "so"', '(1,"a,b")', 'w'),
      (2, null, '', 'nan', 'nan', '', '-infinity', 'empty', '-00:00:01', '{}', '{}', '"text"', '"text"', null, null, null)`);
    const shown = await here.ask('admin', `query { thing(order_by: {id: asc}) { ${all} } }`);
    const { data } = shown as { data: { thing: object[] } };
    const kept = await here.ask(
      'admin',
      `mutation { update_thing(where: {}, _inc: {id: 0}) { returning { ${all} kind { name } } } }`,
    );
    const rows = data.thing.map((row, at) => ({ ...row, kind: at === 0 ? { name: 'one' } : null }));
    expect(kept).toEqual({ data: { update_thing: { returning: rows } } });
  });

  it('are whole where a domain wants every column', async () => {
    const insert = `mutation { insert_strict_one(object: {id: 1, kind_id: 1, name: "n"}) { id kind { name } } }`;
    expect(await here.ask('admin', insert)).toEqual({
      data: { insert_strict_one: { id: 1, kind: { name: 'one' } } },
    });
  });

  it('are as many as there were, also when nothing of them is shown', async () => {
    const query = `mutation { insert_kind(objects: [{id: 8, name: "x"}, {id: 9}]) { returning { __typename } } }`;
    const returning = [{ __typename: 'kind' }, { __typename: 'kind' }];
    expect(await here.ask('admin', query)).toEqual({ data: { insert_kind: { returning } } });
  });

  it('hold nothing that the login may not read', async () => {
    const insert = `mutation { insert_guarded_one(object: {id: 1, kind_id: 1, open: "o"}) { open kind { name } } }`;
    const row = (open: string) => ({ open, kind: { name: 'one' } });
    expect(await limited.ask(user, insert)).toEqual({ data: { insert_guarded_one: row('o') } });
    const update = `mutation { update_guarded(where: {}, _set: {open: "p"}) { affected_rows returning { open kind { name } } } }`;
    expect(await limited.ask(user, update)).toEqual({
      data: { update_guarded: { affected_rows: 1, returning: [row('p')] } },
    });
  });
});
