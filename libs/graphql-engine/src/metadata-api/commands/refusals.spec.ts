import { ADMIN, EngineError, sessionOf } from '../../executor';
import { parseBoolExp } from '../../permissions';
import { MetadataApi } from '../index';
import { options, scratchDatabase, type ScratchDatabase } from '../spec-support';

const structure = `
  create table author (id serial primary key, name text, doc jsonb);
  create table article (id serial primary key, title text, author_id int references author (id));
  create function full_name(author) returns text language sql stable as 'select $1.name';
  create function odd(author, "a b" int) returns text language sql stable as 'select $1.name';`;

const admin = sessionOf(ADMIN, {});
const onOtherTable = { foreign_key_constraint_on: { table: 'article', column: 'author_id' } };
const query = { name: 'q', query: 'query { author { id } }' };
const endpoint = {
  name: 'e',
  url: 'authors',
  methods: ['GET'],
  definition: { query: { collection_name: 'c', query_name: 'q' } },
};

const setUp: readonly (readonly [type: string, args: object])[] = [
  ['pg_track_tables', { tables: [{ table: 'author' }, { table: 'article' }] }],
  ['pg_create_array_relationship', { table: 'author', name: 'articles', using: onOtherTable }],
  ['pg_add_computed_field', { table: 'author', name: 'full', definition: { function: 'full_name' } }],
  [
    'pg_create_select_permission',
    { table: 'author', role: 'user', permission: { columns: ['id'], filter: {} } },
  ],
  ['create_query_collection', { name: 'c', definition: { queries: [query] } }],
  ['create_rest_endpoint', endpoint],
];

const filtered = (filter: object, role = 'other') => ({
  table: 'author',
  role,
  permission: { columns: ['id'], filter },
});
const inPermission = 'Inconsistent object: in table "author": in permission for role "other": ';
const renamed = (name: string) =>
  `cannot rename relationship "articles" to "${name}" in table "author" as a column/relationship with the name already exists`;

type Refusal = readonly [type: string, args: unknown, code: string, message: string];

const metadataCommands: readonly Refusal[] = [
  [
    'pg_create_array_relationship',
    { table: 'author', name: 'all articles', using: onOtherTable },
    'invalid-configuration',
    'Inconsistent object: in table "author": in relationship "all articles": cannot include "all articles" in the GraphQL schema because it is not a valid GraphQL identifier',
  ],
  [
    'pg_add_computed_field',
    { table: 'author', name: 'odd', definition: { function: 'odd' } },
    'invalid-configuration',
    'Inconsistent object: in table "author": in computed field "odd": the computed field "odd" cannot be added to table "author" because the function arguments a b are not in compliance with GraphQL spec',
  ],
  ['create_rest_endpoint', endpoint, 'already-exists', 'Endpoint with name: e already exists'],
  ...['name', 'full'].map((new_name): Refusal => [
    'pg_rename_relationship',
    { table: 'author', name: 'articles', new_name },
    'already-exists',
    renamed(new_name),
  ]),
  ...['user', 'admin'].map((role): Refusal => [
    'pg_create_select_permission',
    filtered({}, role),
    'already-exists',
    `select permission already defined on table "author" with role "${role}"`,
  ]),
  ...(
    [
      [{ id: { _bad: 1 } }, 'Unknown operator : _bad'],
      [
        { id: { _eq: true } },
        'parsing Integer expected for input type: PGInteger failed, expected Number, but encountered Boolean',
      ],
      [
        { id: { _in: [1, 1.5] } },
        'The value 1.5 lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?',
      ],
      [{ id: { _ceq: ['$', 'nowhere'] } }, 'column "nowhere" does not exist in table "author"'],
      [{ articles: { id: { _ceq: ['$', 'title'] } } }, 'column "title" does not exist in table "author"'],
      [{ _exists: { _table: 'article', where: { id: 1 } } }, 'key "_where" not found'],
      [{ name: 5 }, 'parsing Text failed, expected String, but encountered Number'],
      [
        { id: { _like: '%' } },
        ' is of type "int4"; this operator works only on columns of type "varchar"/"text"/"citext"',
      ],
      [
        { name: { _has_key: 'a' } },
        ' is of type "text"; this operator works only on columns of type "jsonb"',
      ],
      [
        { doc: { _matches: 'a' } },
        ' is of type "jsonb"; this operator works only on columns of type "ltree"',
      ],
    ] as const
  ).map(([filter, reason]): Refusal => [
    'pg_create_select_permission',
    filtered(filter),
    'invalid-configuration',
    inPermission + reason,
  ]),
  ...['mssql_track_table', 'bigquery_track_table', 'citus_track_table', 'dump_internal_state'].map(
    (type): Refusal => [type, {}, 'parse-failed', `unknown metadata command "${type}"`],
  ),
  ...['get_source_tables', 'pg_get_source_tables', 'get_table_info'].map((type): Refusal => [
    type,
    { source: 'other', table: 'author' },
    'not-exists',
    'source with name "other" does not exist',
  ]),
  [
    'reload_metadata',
    { reload_sources: 5 },
    'parse-failed',
    'parsing [] failed, expected Array, but encountered Number',
  ],
  [
    'reload_metadata',
    { reload_sources: ['other'] },
    'not-exists',
    'Source with name "other" not found in metadata',
  ],
  [
    'reload_metadata',
    { reload_remote_schemas: ['far'] },
    'not-exists',
    'Remote schema with name "far" not found in metadata',
  ],
  [
    'create_rest_endpoint',
    { ...endpoint, name: 'f', methods: [] },
    'parse-failed',
    'parsing NonEmpty failed, unexpected empty list',
  ],
  ['bulk', [{ type: 5 }], 'parse-failed', 'parsing Text failed, expected String, but encountered Number'],
  ['bulk', {}, 'parse-failed', 'parsing [] failed, expected Array, but encountered Object'],
];

const rowCommands: readonly Refusal[] = [
  ...['select', 'count'].map((type): Refusal => [
    type,
    { source: 'other', table: 'author', columns: ['id'] },
    'not-exists',
    'source with name "other" does not exist',
  ]),
  [
    'select',
    { table: 'author', columns: ['id'], where: { id: { $bad: 1 } } },
    'unexpected-payload',
    'Unknown operator : $bad',
  ],
  [
    'select',
    { table: 'author', columns: ['id'], where: { $exists: { _table: 'article' } } },
    'unexpected-payload',
    'key "_where" not found',
  ],
  [
    'select',
    { table: 'author', columns: ['id'], order_by: { column: 'id', type: 'up' } },
    'parse-failed',
    "unexpected value 'up', expected one of 'asc', 'desc'",
  ],
  [
    'insert',
    {
      table: 'author',
      objects: [{ id: 1 }],
      on_conflict: { action: 'ignore', constraint: 'author_pkey', constraint_on: ['id'] },
    },
    'unexpected-payload',
    '"constraint" and "constraint_on" cannot be set at a time',
  ],
  [
    'insert',
    { table: 'author', objects: [{ id: true }] },
    'parse-failed',
    'parsing Integer expected for input type: PGInteger failed, expected Number, but encountered Boolean',
  ],
];

describe('what commands refuse', () => {
  let database: ScratchDatabase;
  let api: MetadataApi;

  beforeAll(async () => {
    database = await scratchDatabase();
    await database.pool.query(structure);
    const publish = () => undefined;
    api = new MetadataApi({ runner: database.runner, options, readFilter: parseBoolExp, publish });
    await api.start();
    for (const [type, args] of setUp) await api.metadata({ type, args }, admin);
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  const refusalOf = async (work: Promise<unknown>): Promise<object> => {
    const error: unknown = await work.catch((fault: unknown) => fault);
    return error instanceof EngineError ? { code: error.code, message: error.message } : { answer: error };
  };

  it.each(metadataCommands)('%s %j', async (type, args, code, message) =>
    expect(await refusalOf(api.metadata({ type, args }, admin))).toEqual({ code, message }),
  );

  it.each(rowCommands)('of rows: %s %j', async (type, args, code, message) =>
    expect(await refusalOf(api.query({ type, args }, admin))).toEqual({ code, message }),
  );
});
