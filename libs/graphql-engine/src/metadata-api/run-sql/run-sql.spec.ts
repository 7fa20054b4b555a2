import { ADMIN, EngineError, sessionOf } from '../../executor';
import { parseBoolExp } from '../../permissions';
import { MetadataApi } from '../index';
import { options, scratchDatabase, type ScratchDatabase } from '../spec-support';

const structure = `
  create table author (id serial primary key, name text);
  create function loud(author) returns text language sql stable as 'select upper($1.name)';
  create function named(term text) returns setof author language sql stable as 'select * from author where name = term';`;

const admin = sessionOf(ADMIN, {});

describe('run_sql', () => {
  let database: ScratchDatabase;
  let api: MetadataApi;

  const ask = (type: string, args: object = {}) => api.metadata({ type, args }, admin);
  const sql = (text: string, more: object = {}) =>
    api.query({ type: 'run_sql', args: { sql: text, ...more } }, admin);
  const refusalOf = async (work: Promise<unknown>): Promise<object> => {
    const error: unknown = await work.catch((fault: unknown) => fault);
    if (!(error instanceof EngineError)) return { answer: error };
    const { code, message, internal } = error;
    return { code, message, internal };
  };

  beforeAll(async () => {
    database = await scratchDatabase();
    await database.pool.query(structure);
    const publish = () => undefined;
    api = new MetadataApi({ runner: database.runner, options, readFilter: parseBoolExp, publish });
    await api.start();
    await ask('pg_track_table', { table: 'author' });
    await ask('pg_track_function', { function: 'named' });
    await ask('pg_add_computed_field', { table: 'author', name: 'loud', definition: { function: 'loud' } });
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  it.each([
    [
      "create function named(term int) returns setof author language sql stable as 'select * from author'",
      'the following tracked function(s) cannot be overloaded: "named"',
    ],
    [
      'alter function named(text) volatile',
      'type of function "named" is altered to "VOLATILE" which is not supported now',
    ],
    [
      "create function loud(author, int) returns text language sql stable as 'select null::text'",
      'The function "loud" associated with computed field "loud" of table "author" is being overloaded',
    ],
    [
      'alter function loud(author) volatile',
      'The type of function "loud" associated with computed field "loud" of table "author" is being altered to "VOLATILE"',
    ],
  ])('%s: not while it is tracked', async (script, message) =>
    expect(await refusalOf(sql(script))).toMatchObject({ code: 'not-supported', message }),
  );

  it('writes nothing when it is to read only', async () => {
    const script = 'insert into author (name) values (null)';
    const refused = await refusalOf(sql(script, { read_only: true }));
    expect(refused).toMatchObject({ code: 'postgres-error', message: 'query execution failed' });
    expect(JSON.stringify(refused)).toContain('cannot execute INSERT in a read-only transaction');
    expect(await sql('select count(*) from author', { read_only: true })).toMatchObject({
      result: [['count'], ['0']],
    });
  });

  it('lets what comes after it in a bulk write again', async () => {
    const script = 'select case when true then 1 end from author';
    const reading = { type: 'run_sql', args: { sql: script, read_only: true } };
    const writing = { type: 'run_sql', args: { sql: "insert into author (name) values ('later')" } };
    await api.query({ type: 'bulk', args: [reading, writing, reading] }, admin);
    expect(await sql("delete from author where name = 'later' returning name")).toMatchObject({
      result: [['name'], ['later']],
    });
  });

  it('follows what a script changed when told to, and leaves it alone when told not to', async () => {
    const rename = async (from: string, to: string, check: boolean) => {
      const script = `do $$ begin execute 'al' || 'ter table ${from} rename to ${to}'; end $$`;
      await sql(script, { check_metadata_consistency: check });
      return JSON.stringify(await ask('export_metadata'));
    };
    expect(await rename('author', 'writer', true)).toContain('"name":"writer"');
    expect(await rename('writer', 'author', false)).toContain('"name":"writer"');
    expect(await ask('get_inconsistent_metadata')).toMatchObject({ is_consistent: false });
    expect(await rename('author', 'writer', false)).toContain('"name":"writer"');
    expect(await ask('get_inconsistent_metadata')).toMatchObject({ is_consistent: true });
  });

  it('keeps what a script has committed itself, and goes on with its metadata', async () => {
    const failed = "insert into writer (name) values ('kept'); commit; select 1 / 0";
    expect(await refusalOf(sql(failed))).toMatchObject({ code: 'postgres-error' });
    await sql(
      "insert into writer (name) values ('undone'); rollback; alter table writer rename to poet; select 1",
    );
    expect(await sql('select name from poet')).toMatchObject({ result: [['name'], ['kept']] });
    expect(JSON.stringify(await ask('export_metadata'))).toContain('"name":"poet"');
  });

  it('gives no permission to another column of a view that is made again', async () => {
    const view = 'create view shown as select 1 as id, 2 as age';
    await sql(`create table hidden (secret int); ${view}`);
    await ask('pg_track_table', { table: 'shown' });
    const permission = { columns: ['id', 'age'], filter: { id: { _gt: 0 } } };
    await ask('pg_create_select_permission', { table: 'shown', role: 'user', permission });
    await sql('drop view shown; create view shown as select 2 as age, 1 as id');
    const kept = `"permission":${JSON.stringify(permission)}`;
    expect(JSON.stringify(await ask('export_metadata'))).toContain(kept);
    const script = 'drop view shown; create view shown as select secret, 2 as age from hidden';
    expect(await refusalOf(sql(script))).toMatchObject({ code: 'dependency-error' });
    await sql(script, { cascade: true });
    expect(JSON.stringify(await ask('export_metadata'))).not.toContain('"secret"');
    await ask('pg_untrack_table', { table: 'shown' });
  });

  it('follows columns in relationships to elsewhere', async () => {
    await database.pool.query('create table far (id int primary key, place text)');
    await ask('pg_track_table', { table: 'far' });
    const ways = (column: string) => [
      {
        name: 'a',
        definition: {
          to_remote_schema: {
            remote_schema: 'r',
            lhs_fields: [column],
            remote_field: { place: { arguments: { name: `$${column}`, not: column } } },
          },
        },
      },
      {
        name: 'b',
        definition: { to_source: { source: 's', table: 't', field_mapping: { [column]: 'place' } } },
      },
    ];
    for (const way of ways('place')) await ask('pg_create_remote_relationship', { table: 'far', ...way });
    await sql('alter table far rename column place to town');
    const [a, b] = ways('town');
    const arguments_ = { name: '$town', not: 'place' };
    const remote = { ...a?.definition.to_remote_schema, remote_field: { place: { arguments: arguments_ } } };
    const [source] = ((await ask('export_metadata')) as { sources: { tables: object[] }[] }).sources;
    expect(source?.tables).toContainEqual({
      table: { schema: 'public', name: 'far' },
      remote_relationships: [{ name: 'a', definition: { to_remote_schema: remote } }, b],
    });
    await ask('pg_untrack_table', { table: 'far' });
  });

  describe('names in filters', () => {
    const filterOf = async (table: string): Promise<unknown> => {
      const [source] = ((await ask('export_metadata')) as { sources: { tables: Tracked[] }[] }).sources;
      const found = source?.tables.find(one => one.table.name === table);
      return found?.select_permissions?.[0]?.permission.filter;
    };
    interface Tracked {
      readonly table: { readonly name: string };
      readonly select_permissions?: readonly { readonly permission: { readonly filter: unknown } }[];
    }
    const allow = (table: string, filter: object) =>
      ask('pg_create_select_permission', { table, role: 'user', permission: { columns: ['id'], filter } });
    const existing = (table: string, where: object) => ({
      _exists: { _table: { schema: 'public', name: table }, _where: where },
    });

    beforeEach(async () => {
      await database.pool.query(`
        create table cat (id int primary key, name text, chip text);
        create table dog (id int primary key, label text);
        create function friends(cat) returns setof dog language sql stable as 'select * from dog where id = $1.id';`);
      await ask('pg_track_tables', { tables: [{ table: 'cat' }, { table: 'dog' }] });
      const friends = { table: 'cat', name: 'friends', definition: { function: 'friends' } };
      await ask('pg_add_computed_field', friends);
    });

    afterEach(async () => {
      await ask('clear_metadata');
      await database.pool.query('drop schema public cascade; create schema public');
    });

    it('follow tables that are renamed together, or swap their names', async () => {
      await allow('cat', existing('dog', { label: { _eq: 'x' } }));
      await allow('dog', existing('cat', { name: { _eq: 'x' } }));
      await sql('alter table cat rename to tiger; alter table dog rename to wolf');
      expect(await filterOf('tiger')).toEqual(existing('wolf', { label: { _eq: 'x' } }));
      expect(await filterOf('wolf')).toEqual(existing('tiger', { name: { _eq: 'x' } }));
      await sql(
        'alter table tiger rename to aside; alter table wolf rename to tiger; alter table aside rename to wolf',
      );
      expect(await filterOf('wolf')).toEqual(existing('tiger', { label: { _eq: 'x' } }));
      expect(await filterOf('tiger')).toEqual(existing('wolf', { name: { _eq: 'x' } }));
    });

    it('follow columns that others are compared with, of the row, of the root and of what a function gives', async () => {
      await allow('cat', {
        _and: { name: { _ceq: ['chip'] } },
        friends: { label: { _ceq: 'label' } },
        ...existing('dog', { label: { _ceq: ['$', 'chip'] } }),
      });
      await sql('alter table cat rename column chip to tag; alter table dog rename column label to call');
      expect(await filterOf('cat')).toEqual({
        _and: { name: { _ceq: ['tag'] } },
        friends: { call: { _ceq: 'call' } },
        ...existing('dog', { call: { _ceq: ['$', 'tag'] } }),
      });
    });

    it.each([
      ['of the row', { name: { _ceq: 'chip' } }],
      ['of the root', existing('dog', { label: { _ceq: ['$', 'chip'] } })],
    ])('keep a column %s that another is compared with', async (_, filter) => {
      await allow('cat', filter);
      expect(await refusalOf(sql('alter table cat drop column chip'))).toMatchObject({
        code: 'dependency-error',
        message:
          'cannot drop due to the following dependent objects: permission cat.user.select in source "default"',
      });
    });
  });
});
