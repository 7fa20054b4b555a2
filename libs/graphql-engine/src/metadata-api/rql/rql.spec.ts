import { ADMIN, EngineError, sessionOf, type Session } from '../../executor';
import { parseBoolExp } from '../../permissions';
import { answerText, ExactNumber } from '../../planner';
import { buildRoleSchema } from '../../schema';
import { MetadataApi, type Served } from '../index';
import { scratchDatabase, type ScratchDatabase } from '../spec-support';

const structure = `
  create table author (id serial primary key, name text not null unique, secret text, born date);
  create table article (
    id serial primary key, title text, author_id int not null references author (id), draft boolean not null default false, hits int not null default 1
  );
  insert into author (name, secret, born) values ('Ada', 'a1', '1815-12-10'), ('Bob', 'b2', null);
  insert into article (title, author_id, draft) values ('One', 1, false), ('Two', 1, true), ('Three', 2, false);
`;

const permission = (type: string, table: string, body: object) => ({
  type,
  args: { table, role: 'user', permission: body },
});

const setUp = [
  { type: 'track_table', args: 'author' },
  { type: 'track_table', args: 'article' },
  {
    type: 'create_object_relationship',
    args: { table: 'article', name: 'author', using: { foreign_key_constraint_on: 'author_id' } },
  },
  {
    type: 'create_array_relationship',
    args: {
      table: 'author',
      name: 'articles',
      using: { foreign_key_constraint_on: { table: 'article', column: 'author_id' } },
    },
  },
  permission('create_select_permission', 'author', { columns: ['id', 'name'], filter: {} }),
  permission('create_select_permission', 'article', {
    columns: ['id', 'title', 'author_id', 'hits'],
    filter: { draft: false },
    limit: 10,
  }),
  permission('create_insert_permission', 'article', {
    columns: ['title', 'author_id'],
    check: { author_id: 'X-Hasura-User-Id' },
    set: { hits: 7 },
  }),
  permission('create_update_permission', 'article', {
    columns: ['title', 'hits'],
    filter: { author_id: 'X-Hasura-User-Id' },
  }),
  permission('create_delete_permission', 'article', { filter: { author_id: 'X-Hasura-User-Id' } }),
];

const options = {
  stringifyNumerics: false,
  namingConvention: 'hasura-default',
  inferFunctionPermissions: true,
  nullsAreTrue: false,
  relay: false,
} as const;

const admin = sessionOf(ADMIN, {});
const ada = sessionOf('user', { 'x-hasura-user-id': '1' });

describe('rows by JSON', () => {
  let database: ScratchDatabase;
  let api: MetadataApi;
  let served: Served;
  const answer = async (type: string, args: object, who: Session = ada) =>
    answerText(await api.v1Query({ type, args }, who));
  const ask = async (...request: Parameters<typeof answer>): Promise<unknown> =>
    JSON.parse(await answer(...request));
  const refused = async (type: string, args: object, who: Session = ada): Promise<EngineError> => {
    const error: unknown = await ask(type, args, who).catch((fault: unknown) => fault);
    if (error instanceof EngineError) return error;
    throw new Error(`It was not refused: ${JSON.stringify(error)}`);
  };

  beforeAll(async () => {
    database = await scratchDatabase();
    api = new MetadataApi({
      runner: database.runner,
      options,
      readFilter: parseBoolExp,
      publish: next => (served = next),
    });
    await api.start();
  });

  beforeEach(async () => {
    await database.pool.query(`drop schema public cascade; create schema public; ${structure}`);
    await api.v1Query({ type: 'clear_metadata', args: {} }, admin);
    await api.v1Query({ type: 'bulk', args: setUp }, admin);
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  it('selects with relationships, order, limit and offset', async () => {
    const columns = ['name', { name: 'articles', alias: 'works', columns: ['title'], order_by: '-id' }];
    expect(await ask('select', { table: 'author', columns, order_by: ['+name'] }, admin)).toEqual([
      { name: 'Ada', works: [{ title: 'Two' }, { title: 'One' }] },
      { name: 'Bob', works: [{ title: 'Three' }] },
    ]);
    expect(
      await ask(
        'select',
        { table: 'article', columns: ['id'], order_by: '-author.name', limit: 1, offset: 1 },
        admin,
      ),
    ).toEqual([{ id: 1 }]);
    expect(await ask('select', { table: 'article', columns: ['*'], where: { title: 'Three' } })).toEqual([
      { id: 3, title: 'Three', author_id: 2, hits: 1 },
    ]);
  });

  it('counts, with and without repetition', async () => {
    expect(await ask('count', { table: 'article' })).toEqual({ count: 2 });
    expect(await ask('count', { table: 'article', distinct: ['author_id'] }, admin)).toEqual({ count: 2 });
  });

  it.each([
    ['selects', 'select', { table: 'author', columns: ['secret'] }],
    ['filters by', 'select', { table: 'author', columns: ['id'], where: { secret: { $like: 'a%' } } }],
    [
      'filters deep in not and or by',
      'select',
      { table: 'author', columns: ['id'], where: { $or: [{ $not: { secret: 'a1' } }] } },
    ],
    [
      'filters over a relationship by',
      'select',
      { table: 'article', columns: ['id'], where: { author: { secret: 'a1' } } },
    ],
    ['compares with', 'select', { table: 'author', columns: ['id'], where: { name: { $ceq: 'secret' } } }],
    [
      'compares, from the root, with',
      'select',
      { table: 'author', columns: ['id'], where: { name: { $ceq: ['$', 'secret'] } } },
    ],
    [
      'filters within exists by',
      'select',
      {
        table: 'author',
        columns: ['id'],
        where: { $exists: { _table: 'author', _where: { secret: 'a1' } } },
      },
    ],
    ['orders by', 'select', { table: 'author', columns: ['id'], order_by: '+secret' }],
    [
      'orders over a relationship by',
      'select',
      { table: 'article', columns: ['id'], order_by: '-author.secret' },
    ],
    ['counts', 'count', { table: 'author', distinct: ['secret'] }],
    ['updates where', 'update', { table: 'article', $set: { title: 'x' }, where: { draft: true } }],
    ['deletes where', 'delete', { table: 'article', where: { draft: true } }],
    ['returns', 'delete', { table: 'article', where: {}, returning: ['draft'] }],
  ])('refuses whoever %s a hidden column', async (_, type, args) => {
    expect((await refused(type, args)).code).toBe('permission-denied');
  });

  it.each([
    ['author', '"author" is a relationship and should be expanded'],
    ['title.id', '"title" is a Postgres column and cannot be chained further'],
  ])('does not order by %s', async (order_by, message) =>
    expect(await refused('select', { table: 'article', columns: ['id'], order_by })).toMatchObject({
      code: 'unexpected-payload',
      message,
    }),
  );

  it('does not order by the many rows of a relationship', async () => {
    const refusal = await refused('select', { table: 'author', columns: ['id'], order_by: 'articles.id' });
    expect(refusal.message).toBe(`"articles" is an array relationship and can't be used in 'order_by'`);
  });

  it('looks over relationships only at rows that the role may see', async () => {
    const where = { articles: { title: 'Two' } };
    expect(await ask('select', { table: 'author', columns: ['id'], where })).toEqual([]);
    expect(await ask('select', { table: 'author', columns: ['id'], where }, admin)).toEqual([{ id: 1 }]);
  });

  it('inserts what the permission lets through, with its presets', async () => {
    const objects = [{ title: 'New', author_id: 1 }];
    expect(await ask('insert', { table: 'article', objects, returning: ['title', 'hits'] })).toEqual({
      affected_rows: 1,
      returning: [{ title: 'New', hits: 7 }],
    });
    expect(
      await refused('insert', { table: 'article', objects: [{ title: 'x', author_id: 2 }] }),
    ).toMatchObject({
      code: 'permission-error',
      message: 'check constraint of an insert/update permission has failed',
    });
    expect((await refused('insert', { table: 'article', objects: [{ hits: 1 }] })).message).toBe(
      'column "hits" is not insertable for role "user"; its value is predefined in permission',
    );
    expect((await refused('insert', { table: 'author', objects: [{ name: 'x' }] })).code).toBe(
      'permission-denied',
    );
  });

  it('upserts by a constraint, by its columns, or not at all', async () => {
    const objects = [{ name: 'Ada', secret: 'new' }];
    const upsert = (on_conflict: object) =>
      ask('insert', { table: 'author', objects, on_conflict, returning: ['id', 'secret'] }, admin);
    expect(await upsert({ action: 'ignore' })).toEqual({ affected_rows: 0, returning: [] });
    expect(await upsert({ action: 'update', constraint_on: ['name'] })).toEqual({
      affected_rows: 1,
      returning: [{ id: 1, secret: 'new' }],
    });
    const wrong = await refused(
      'insert',
      { table: 'author', objects, on_conflict: { action: 'update', constraint_on: 'born' } },
      admin,
    );
    expect(wrong.code).toBe('constraint-error');
  });

  it('updates its own rows only, in every way there is', async () => {
    const update = {
      table: 'article',
      where: {},
      $set: { title: 'Mine' },
      $inc: { hits: 2 },
      returning: ['id', 'title', 'hits'],
    };
    expect(await ask('update', update)).toEqual({
      affected_rows: 1,
      returning: [{ id: 1, title: 'Mine', hits: 3 }],
    });
    const multiplied = {
      table: 'article',
      where: { id: 1 },
      $mul: { hits: 4 },
      $default: ['draft'],
      returning: ['hits'],
    };
    expect(await ask('update', multiplied, admin)).toEqual({ affected_rows: 1, returning: [{ hits: 12 }] });
    expect((await refused('update', { table: 'article', where: {} })).message).toBe(
      'atleast one of $set, $inc, $mul has to be present',
    );
  });

  it('deletes its own rows only', async () => {
    expect(await ask('delete', { table: 'article', where: {}, returning: ['title'] })).toEqual({
      affected_rows: 1,
      returning: [{ title: 'One' }],
    });
    expect(await ask('count', { table: 'article' }, admin)).toEqual({ count: 2 });
  });

  it('never lets a text become SQL', async () => {
    const title = `'; drop table article; -- " \\ ع🙂`;
    await ask('update', { table: 'article', where: { id: 1 }, $set: { title } });
    expect(await ask('select', { table: 'article', columns: ['title'], where: { title } })).toEqual([
      { title },
    ]);
    const alias = `x" from author; --`;
    expect(
      await ask('select', {
        table: 'article',
        columns: [{ name: 'author', alias, columns: ['id'] }],
        where: { title },
      }),
    ).toEqual([{ [alias]: { id: 1 } }]);
  });

  it('reaches a table that GraphQL cannot name, which takes nothing else down', async () => {
    await database.pool.query(
      'create table "to-do" (id int primary key, author_id int references author (id))',
    );
    const key = { foreign_key_constraint_on: { table: 'to-do', column: 'author_id' } };
    await api.v1Query({ type: 'track_table', args: 'to-do' }, admin);
    await ask('create_array_relationship', { table: 'author', name: 'todos', using: key }, admin);
    await ask('insert', { table: 'to-do', objects: [{ id: 1, author_id: 1 }] }, admin);
    const columns = ['id', { name: 'todos', columns: ['id'] }];
    expect(await ask('select', { table: 'author', columns, where: { id: 1 } }, admin)).toEqual([
      { id: 1, todos: [{ id: 1 }] },
    ]);
    const schema = buildRoleSchema(served.model, ADMIN);
    expect(schema.graphql().getType('author')).toBeDefined();
    expect(Object.keys(schema.query.type().getFields())).toContain('author');
    const custom = { table: 'to-do', configuration: { custom_name: 'todo' } };
    await api.metadata({ type: 'pg_set_table_customization', args: custom }, admin);
    expect(Object.keys(buildRoleSchema(served.model, ADMIN).query.type().getFields())).toContain('todo');
  });

  it('keeps all the digits of a number, on its way in and on its way out', async () => {
    await database.pool.query('create table account (id bigint primary key, amount numeric, note jsonb)');
    await api.v1Query({ type: 'track_table', args: 'account' }, admin);
    const id = new ExactNumber('9007199254740993');
    const amount = new ExactNumber('12345678901234567890.123456789');
    const objects = [{ id, amount, note: { n: id } }, { id: 9007199254740992 }];
    const args = { table: 'account', objects, returning: ['id', 'amount', 'note'] };
    const kept = '"id":9007199254740993,"amount":12345678901234567890.123456789000';
    expect(await answer('insert', args, admin)).toContain(kept);
    for (const where of [
      { id },
      { id: { $eq: id } },
      { id: { $in: [id] } },
      { note: { $contains: { n: id } } },
    ]) {
      const rows = await answer('select', { table: 'account', columns: ['*'], where }, admin);
      expect(rows).toBe(`[{${kept},"note":{"n": 9007199254740993}}]`);
    }
  });

  it('needs the session that a permission asks for', async () => {
    expect(
      (await refused('delete', { table: 'article', where: {} }, sessionOf('user', {}))).message,
    ).toContain('x-hasura-user-id');
  });
});
