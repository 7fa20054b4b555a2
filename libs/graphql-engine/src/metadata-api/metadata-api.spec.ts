import { always } from '../ir';
import type { ReadFilter } from '../model';
import { ADMIN, EngineError, sessionOf, type QueryRunner } from '../executor';
import { MetadataApi, type Served } from './index';
import { scratchDatabase, type ScratchDatabase } from './spec-support';

const structure = `
  create table author (id serial primary key, name text unique, boss int references author (id));
  create table article (id serial primary key, title text, author_id int references author (id), draft boolean);
  create table colours (value text primary key, comment text);
  insert into colours values ('red', 'warm');
  create table thing (id int primary key, colour text references colours (value));
  create function shout(author_row author) returns text language sql stable as 'select upper(author_row.name)';
  create function articles_by(who int) returns setof article language sql stable as 'select * from article where author_id = who';
`;

const options = {
  stringifyNumerics: false,
  namingConvention: 'hasura-default',
  inferFunctionPermissions: true,
  nullsAreTrue: false,
  relay: false,
} as const;

/** What filters mean is the permission room's matter; here they only have to be carried along. */
const readFilter: ReadFilter = () => always;

const admin = sessionOf(ADMIN, {});

describe('the metadata API on a real database', () => {
  let database: ScratchDatabase;
  let api: MetadataApi;
  let other: MetadataApi;
  let served: Served;
  let servedByOther: Served;

  const ask = (type: string, args: unknown = {}) => api.metadata({ type, args }, admin);
  const sql = (text: string, more: object = {}) =>
    api.query({ type: 'run_sql', args: { sql: text, ...more } }, admin);
  const refused = async (work: Promise<unknown>): Promise<EngineError> => {
    const error: unknown = await work.then(
      () => undefined,
      (fault: unknown) => fault,
    );
    if (error instanceof EngineError) return error;
    throw new Error('It was not refused.', { cause: error });
  };
  const relationships = (table: string) => [
    ...(served.model.tables.get(`public.${table}`)?.relationships.keys() ?? []),
  ];

  beforeAll(async () => {
    database = await scratchDatabase();
    const setting = { runner: database.runner, options, readFilter };
    api = new MetadataApi({ ...setting, publish: next => (served = next) });
    other = new MetadataApi({ ...setting, publish: next => (servedByOther = next) });
    await api.start();
    await other.start();
  });

  beforeEach(async () => {
    await database.pool.query(`drop schema public cascade; create schema public; ${structure}`);
    await ask('clear_metadata');
    await ask('pg_track_tables', { tables: [{ table: 'author' }, { table: 'article' }] });
  });

  afterAll(async () => {
    await api.stop();
    await other.stop();
    await database.drop();
  });

  it('tracks and untracks, and says so when it was done before', async () => {
    const twice = await refused(ask('pg_track_table', { table: 'author' }));
    expect(twice).toMatchObject({
      code: 'already-tracked',
      message: 'view/table already tracked: "author"',
      path: '$.args',
    });
    expect(await ask('pg_untrack_table', { table: 'author' })).toEqual({ message: 'success' });
    expect(served.model.tables.has('public.author')).toBe(false);
    const missing = await refused(ask('pg_track_table', { table: 'nowhere' }));
    expect(missing).toMatchObject({ code: 'invalid-configuration', status: 400 });
    expect(missing.message).toBe('Inconsistent object: no such table/view exists in source: "nowhere"');
  });

  it('lets nobody but the admin in', async () => {
    const body = { type: 'export_metadata', args: {} };
    expect(await refused(api.metadata(body, sessionOf('user', {})))).toMatchObject({
      code: 'access-denied',
      message: 'restricted access : admin only',
      path: '$.args',
      status: 400,
    });
  });

  it('makes relationships along foreign keys and by hand, and refuses those without', async () => {
    await ask('pg_create_object_relationship', {
      table: 'article',
      name: 'author',
      using: { foreign_key_constraint_on: 'author_id' },
    });
    await ask('pg_create_array_relationship', {
      table: 'author',
      name: 'articles',
      using: { foreign_key_constraint_on: { table: 'article', column: 'author_id' } },
    });
    await ask('pg_create_array_relationship', {
      table: 'author',
      name: 'namesakes',
      using: { manual_configuration: { remote_table: 'author', column_mapping: { name: 'name' } } },
    });
    expect(relationships('author')).toEqual(['articles', 'namesakes']);
    const wrong = await refused(
      ask('pg_create_object_relationship', {
        table: 'article',
        name: 'x',
        using: { foreign_key_constraint_on: 'title' },
      }),
    );
    expect(wrong.message).toBe(
      'Inconsistent object: in table "article": in relationship "x": no foreign constraint exists on the given column(s)',
    );
    const stands = await refused(ask('pg_untrack_table', { table: 'author' }));
    expect(stands.message).toBe(
      'cannot drop due to the following dependent objects: relationship article.author in source "default"',
    );
    await ask('pg_untrack_table', { table: 'author', cascade: true });
    expect(relationships('article')).toEqual([]);
  });

  it('gives back what came in, in canonical order', async () => {
    await ask('pg_create_select_permission', {
      table: 'article',
      role: 'user',
      permission: {
        filter: { author_id: 'X-Hasura-User-Id' },
        columns: ['title', 'id'],
        allow_aggregations: false,
      },
    });
    const document = await ask('export_metadata');
    expect(document).toMatchObject({
      version: 3,
      sources: [
        {
          name: 'default',
          tables: [
            {
              table: { schema: 'public', name: 'article' },
              select_permissions: [
                {
                  role: 'user',
                  permission: { columns: ['title', 'id'], filter: { author_id: 'X-Hasura-User-Id' } },
                },
              ],
            },
            { table: { schema: 'public', name: 'author' } },
          ],
        },
      ],
    });
    await ask('clear_metadata');
    await ask('replace_metadata', document);
    expect(await ask('export_metadata')).toEqual(document);
  });

  it('keeps what is inconsistent apart and lets the rest serve', async () => {
    const document = (await ask('export_metadata')) as { sources: { tables: unknown[] }[] };
    document.sources[0]?.tables.push({ table: 'ghost', select_permissions: [] });
    const refusal = await refused(
      api.metadata({ type: 'replace_metadata', version: 2, args: { metadata: document } }, admin),
    );
    expect(refusal).toMatchObject({ code: 'unexpected', status: 400 });
    const answer = await api.metadata(
      {
        type: 'replace_metadata',
        version: 2,
        args: { metadata: document, allow_inconsistent_metadata: true },
      },
      admin,
    );
    expect(answer).toMatchObject({
      is_consistent: false,
      inconsistent_objects: [{ type: 'table', name: 'table ghost in source default' }],
    });
    expect(served.model.tables.size).toBe(2);
    await ask('drop_inconsistent_metadata');
    expect(await ask('get_inconsistent_metadata')).toEqual({ is_consistent: true, inconsistent_objects: [] });
  });

  it('takes all of a bulk or nothing, unless it is to keep going', async () => {
    const good = { type: 'pg_untrack_table', args: { table: 'author' } };
    const bad = { type: 'pg_untrack_table', args: { table: 'nowhere' } };
    const failed = await refused(ask('bulk', [good, bad]));
    expect(failed.path).toBe('$.args[1].args');
    expect(served.model.tables.has('public.author')).toBe(true);
    expect(await ask('bulk_keep_going', [bad, good])).toMatchObject([
      { code: 'already-untracked' },
      { message: 'success' },
    ]);
    expect(served.model.tables.has('public.author')).toBe(false);
  });

  it('keeps going after a script that failed, as if it had never been', async () => {
    const steps = [
      { type: 'run_sql', args: { sql: 'alter table article rename to essay; select 1 / 0' } },
      { type: 'run_sql', args: { sql: 'alter table author rename to writer' } },
    ];
    const answers = await api.v1Query({ type: 'bulk_keep_going', args: steps }, admin);
    expect(answers).toMatchObject([{ code: 'postgres-error' }, { result_type: 'CommandOk' }]);
    expect([...served.model.tables.keys()]).toEqual(['public.article', 'public.writer']);
  });

  it('goes on although a table cannot be read, and lists it', async () => {
    await ask('pg_track_table', { table: { schema: 'public', name: 'colours' }, is_enum: true });
    const holder = await database.pool.connect();
    await holder.query('begin; lock table colours in access exclusive mode');
    const answer = await ask('reload_metadata');
    await holder.query('rollback');
    holder.release();
    expect(answer).toMatchObject({ is_consistent: false, inconsistent_objects: [{ type: 'table' }] });
    expect(JSON.stringify(answer)).toContain('because its rows cannot be read');
    expect([...served.model.tables.keys()]).toEqual(['public.article', 'public.author']);
    expect(await ask('reload_metadata')).toMatchObject({ is_consistent: true });
  });

  it('shows a change to every one of 24 instances', async () => {
    const seen = new Map<number, Served>();
    const others = Array.from({ length: 22 }, (_, i) => {
      const publish = (next: Served) => void seen.set(i, next);
      return new MetadataApi({ runner: database.runner, options, readFilter, publish });
    });
    for (const one of others) await one.start();
    await ask('pg_add_computed_field', { table: 'author', name: 'loud', definition: { function: 'shout' } });
    const knows = ({ model }: Served) =>
      model.tables.get('public.author')?.computedFields.has('loud') ?? false;
    const all = () => seen.size === others.length && [...seen.values(), servedByOther].every(knows);
    const deadline = Date.now() + 60_000;
    while (!all() && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 10));
    expect(all()).toBe(true);
    for (const one of others) await one.stop();
  });

  it('loads once for all the changes that come while it waits', async () => {
    let open = () => {};
    let gate = Promise.resolve();
    let loads = 0;
    const slow: QueryRunner = {
      run: group => database.runner.run(group),
      runEach: groups => database.runner.runEach(groups),
      listen: (...channel) => database.runner.listen(...channel),
      transaction: async (...work) => {
        loads++;
        await gate;
        return database.runner.transaction(...work);
      },
    };
    let seen: Served | undefined;
    const watcher = new MetadataApi({ runner: slow, options, readFilter, publish: next => (seen = next) });
    await watcher.start();
    gate = new Promise<void>(resolve => (open = resolve));
    loads = 0;
    const roles = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const role of roles) {
      await ask('pg_create_select_permission', {
        table: 'author',
        role,
        permission: { columns: ['id'], filter: {} },
      });
    }
    open();
    const known = () => seen?.model.tables.get('public.author')?.permissions.size;
    const deadline = Date.now() + 60_000;
    while (known() !== roles.length && Date.now() < deadline)
      await new Promise(resolve => setTimeout(resolve, 10));
    await watcher.stop();
    expect(known()).toBe(roles.length);
    expect(loads).toBeLessThanOrEqual(3);
  });

  it('reads enum tables', async () => {
    await ask('pg_track_table', { table: { schema: 'public', name: 'colours' }, is_enum: true });
    await ask('pg_track_table', { table: 'thing' });
    expect(served.model.tables.get('public.thing')?.columns.get('colour')?.enumTable).toBe('public.colours');
    const wrong = await refused(ask('pg_set_table_is_enum', { table: 'article', is_enum: true }));
    expect(wrong.message).toContain(
      'the table’s primary key ("id") must have type "text", not type "integer"',
    );
  });

  it('combines roles: rows add up, hidden columns stay hidden where another role let the row through', async () => {
    const permission = (role: string, columns: string[]) =>
      ask('pg_create_select_permission', {
        table: 'article',
        role,
        permission: { columns, filter: { id: { _eq: 1 } } },
      });
    await permission('reader', ['id', 'title']);
    await permission('editor', ['id', 'draft']);
    await ask('add_inherited_role', { role_name: 'both', role_set: ['reader', 'editor'] });
    const select = served.model.tables.get('public.article')?.permissions.get('both')?.select;
    expect([...(select?.columns ?? [])].sort()).toEqual(['draft', 'id', 'title']);
    expect([...(select?.conditions?.keys() ?? [])].sort()).toEqual(['draft', 'title']);
    for (const [role, columns] of [
      ['reader', ['id']],
      ['editor', ['title']],
    ] as const) {
      await ask('pg_create_insert_permission', {
        table: 'author',
        role,
        permission: { check: {}, columns: columns.map(() => 'id') },
      });
    }
    expect(served.model.tables.get('public.author')?.permissions.get('both')?.insert).toBeDefined();
  });

  describe('run_sql', () => {
    beforeEach(async () => {
      await ask('pg_create_object_relationship', {
        table: 'article',
        name: 'author',
        using: { foreign_key_constraint_on: 'author_id' },
      });
      await ask('pg_create_select_permission', {
        table: 'article',
        role: 'user',
        permission: {
          columns: ['title'],
          filter: { _and: [{ draft: false }, { author: { id: 'X-Hasura-User-Id' } }] },
        },
      });
    });

    it('answers rows as text, and nothing for a command', async () => {
      expect(await sql('select 1 as one, null as none')).toEqual({
        result_type: 'TuplesOk',
        result: [
          ['one', 'none'],
          ['1', null],
        ],
      });
      expect(await sql('create table x ()')).toEqual({ result_type: 'CommandOk', result: null });
    });

    it('follows renames of tables and columns', async () => {
      await sql(
        'alter table author rename to writer; alter table writer rename column id to key; alter table article rename title to headline',
      );
      const document = JSON.stringify(await ask('export_metadata'));
      expect(document).toContain('"columns":["headline"]');
      expect(document).toContain('{"author":{"key":"X-Hasura-User-Id"}}');
      expect(served.model.tables.has('public.writer')).toBe(true);
    });

    it('follows two columns that swap their names', async () => {
      await sql(
        'alter table article rename title to aside; alter table article rename draft to title; alter table article rename aside to draft',
      );
      const document = JSON.stringify(await ask('export_metadata'));
      expect(document).toContain('"columns":["draft"],"filter":{"_and":[{"title":false}');
    });

    it('refuses to drop what others need, and drops that too when told', async () => {
      const stands = await refused(sql('alter table article drop column title'));
      expect(stands.message).toBe(
        'cannot drop due to the following dependent objects: permission article.user.select in source "default"',
      );
      expect(await sql('select title from article')).toMatchObject({ result_type: 'TuplesOk' });
      await sql('drop table author cascade', { cascade: true });
      expect(relationships('article')).toEqual([]);
      expect(served.model.tables.get('public.article')?.permissions.size).toBe(0);
    });

    it('keeps the type of a column that a permission compares with a constant', async () => {
      const stands = await refused(sql('alter table article alter column draft type text'));
      expect(stands.message).toBe(
        'cannot change type of column "draft" in table "article" because of the following dependencies: permission article.user.select in source "default"',
      );
    });

    it('tells Postgres’s words to the admin', async () => {
      const fault = await refused(sql('selec'));
      expect(fault).toMatchObject({ code: 'postgres-error', path: '$.args', status: 400 });
      expect(JSON.stringify(fault.internal)).toContain('syntax error');
    });
  });
});
