import { EngineError } from '../executor';
import type { VariableValues } from '../planner';
import { World } from './world';

const script = `
  create table author (id int primary key, name text, age int, big bigint, doc jsonb);
  create table book (id int primary key, author_id int references author, title text);`;

const tables = [
  {
    table: { schema: 'public', name: 'author' },
    array_relationships: [
      {
        name: 'books',
        using: {
          foreign_key_constraint_on: { table: { schema: 'public', name: 'book' }, column: 'author_id' },
        },
      },
    ],
  },
  {
    table: { schema: 'public', name: 'book' },
    object_relationships: [{ name: 'author', using: { foreign_key_constraint_on: 'author_id' } }],
  },
];

type Case = readonly [query: string, variables: VariableValues, path: string, message: string];

const root = '$.selectionSet.author';
const refused: readonly Case[] = [
  ['{ nothing { id } }', {}, '$.selectionSet.nothing', "field 'nothing' not found in type: 'query_root'"],
  ['{ author { nme } }', {}, `${root}.selectionSet.nme`, "field 'nme' not found in type: 'author'"],
  ['{ a: author { b: nme } }', {}, `${root}.selectionSet.nme`, "field 'nme' not found in type: 'author'"],
  ['{ author }', {}, `${root}.selectionSet`, "missing selection set for 'author'"],
  [
    '{ author { id { x } } }',
    {},
    `${root}.selectionSet.id`,
    'unexpected subselection set for non-object field',
  ],
  ['{ author(wher: {}) { id } }', {}, root, "'author' has no argument named 'wher'"],
  [
    '{ author(where: {nme: {}}) { id } }',
    {},
    `${root}.args.where.nme`,
    "field 'nme' not found in type: 'author_bool_exp'",
  ],
  [
    '{ author(where: 1) { id } }',
    {},
    `${root}.args.where`,
    "expected an object for type 'author_bool_exp', but found an integer",
  ],
  [
    '{ author(where: {id: {_eq: null}}) { id } }',
    {},
    `${root}.args.where.id._eq`,
    "unexpected null value for type 'Int'",
  ],
  [
    '{ author(where: {id: {_in: null}}) { id } }',
    {},
    `${root}.args.where.id._in`,
    'expected a list, but found null',
  ],
  [
    '{ author(where: {_and: null}) { id } }',
    {},
    `${root}.args.where._and`,
    'expected a list, but found null',
  ],
  [
    '{ author(where: {id: {_nin: [1, null]}}) { id } }',
    {},
    `${root}.args.where.id._nin[1]`,
    "unexpected null value for type 'Int'",
  ],
  [
    '{ author(where: {id: null}) { id } }',
    {},
    `${root}.args.where.id`,
    "expected an object for type 'Int_comparison_exp', but found null",
  ],
  [
    '{ author(where: {name: {_is_null: "yes"}}) { id } }',
    {},
    `${root}.args.where.name._is_null`,
    "expected a boolean for type 'Boolean', but found a string",
  ],
  [
    '{ author(limit: -1) { id } }',
    {},
    `${root}.args.limit`,
    "expected a non-negative 32-bit integer for type 'Int', but found an integer",
  ],
  [
    '{ author(limit: 1.5) { id } }',
    {},
    `${root}.args.limit`,
    "expected a non-negative 32-bit integer for type 'Int', but found a float",
  ],
  [
    '{ author(order_by: {id: up}) { id } }',
    {},
    `${root}.args.order_by[0].id`,
    "expected one of the values ['asc', 'asc_nulls_first', 'asc_nulls_last', 'desc', 'desc_nulls_first', 'desc_nulls_last'] for type 'order_by', but found 'up'",
  ],
  [
    '{ author(order_by: {id: "asc"}) { id } }',
    {},
    `${root}.args.order_by[0].id`,
    "expected an enum value for type 'order_by', but found a string",
  ],
  [
    '{ author(distinct_on: [id], order_by: {name: asc}) { id } }',
    {},
    `${root}.args`,
    '"distinct_on" columns must match initial "order_by" columns',
  ],
  ['{ author_by_pk { id } }', {}, '$.selectionSet.author_by_pk.args.id', "missing required field 'id'"],
  ['{ author_by_pk(id: $x) { id } }', {}, '$.selectionSet.author_by_pk.args.id', 'unbound variable "x"'],
  [
    'query ($x: Int) { author_by_pk(id: $x) { id } }',
    { x: 1 },
    '$.selectionSet.author_by_pk.args.id',
    "variable 'x' is declared as 'Int', but used where 'Int!' is expected",
  ],
  [
    'query ($x: String!) { author(where: {id: {_eq: $x}}) { id } }',
    { x: '1' },
    `${root}.args.where.id._eq`,
    "variable 'x' is declared as 'String!', but used where 'Int' is expected",
  ],
  [
    'query ($x: String!) { author(where: {id: {_in: [1, $x]}}) { id } }',
    { x: '1' },
    `${root}.args.where.id._in[1]`,
    "variable 'x' is declared as 'String!', but used where 'Int!' is expected",
  ],
  [
    'query ($x: Int!) { author_by_pk(id: $x) { id } }',
    {},
    '$',
    'expecting a value for non-nullable variable: "x"',
  ],
  [
    'query ($x: Int!) { author_by_pk(id: $x) { id } }',
    { x: null },
    '$',
    'null value found for non-nullable type: "Int!"',
  ],
  [
    'query ($x: Int!) { author_by_pk(id: $x) { id } }',
    { x: 1, y: 2 },
    '$',
    'unexpected variables in variableValues: y',
  ],
  [
    'query ($x: Int!, $y: Int) { author_by_pk(id: $x) { id } }',
    { x: 1, y: 2 },
    '$',
    'unexpected variables in variableValues: y',
  ],
  [
    'query ($x: Int) { author { id } } fragment f on author { books(limit: $x) { id } }',
    { x: 1 },
    '$',
    'unexpected variables in variableValues: x',
  ],
  [
    'query ($x: String) { author(where: {name: {_eq: $x}}) { id } }',
    {},
    `${root}.args.where.name._eq`,
    "unexpected null value for type 'String'",
  ],
  [
    'query ($x: Boolean) { author(where: {name: {_is_null: $x}}) { id } }',
    {},
    `${root}.args.where.name._is_null`,
    "expected a boolean for type 'Boolean', but found null",
  ],
  [
    'query ($w: author_bool_exp!) { author(where: $w) { id } }',
    { w: { nme: {} } },
    `${root}.args.where.nme`,
    "field 'nme' not found in type: 'author_bool_exp'",
  ],
  [
    'query ($w: author_bool_exp!) { author(where: $w) { id } }',
    { w: { _and: [{ id: { _in: 'x' } }, 3] } },
    `${root}.args.where._and[1]`,
    "expected an object for type 'author_bool_exp', but found a number",
  ],
  [
    'query ($n: Int) { author(limit: $n) { id } }',
    { n: -1 },
    `${root}.args.limit`,
    "expected a non-negative 32-bit integer for type 'Int', but found a number",
  ],
  [
    '{ author { x: id x: name } }',
    {},
    `${root}.selectionSet.id`,
    "selection of both 'id' and 'name' under the same response name, 'x'",
  ],
  [
    '{ author(limit: 1) { id } author(limit: 2) { id } }',
    {},
    root,
    "inconsistent arguments between multiple selections of field 'author'",
  ],
  [
    '{ author { __typename { x } } }',
    {},
    `${root}.selectionSet.__typename`,
    'unexpected subselection set for non-object field',
  ],
  ['{ __typename(of: 1) }', {}, '$.selectionSet.__typename', "'__typename' has no argument named 'of'"],
  [
    '{ author(offset: "two") { id } }',
    {},
    `${root}.args.offset`,
    "expected a 32-bit integer, or a 64-bit integer represented as a string for type 'Int', but found a string",
  ],
  [
    '{ author { doc(path: "$.a[") } }',
    {},
    `${root}.selectionSet.doc.args.path`,
    'parse json path error: unexpected character at 3',
  ],
  [
    'query a { author { id } } query b { author { id } }',
    {},
    '$',
    'exactly one operation has to be present in the document when operationName is not specified',
  ],
  ...['{initial_value: {}}', '[null]', '[]'].map((cursor): Case => [
    `subscription { author_stream(batch_size: 2, cursor: ${cursor}) { id } }`,
    {},
    '$.selectionSet.author_stream.args',
    'one streaming column field is expected',
  ]),
  ...['{initial_value: {id: 1, age: 2}}', '[{initial_value: {id: 1}}, {initial_value: {age: 2}}]'].map(
    (cursor): Case => [
      `subscription { author_stream(batch_size: 2, cursor: ${cursor}) { id } }`,
      {},
      '$.selectionSet.author_stream.args',
      'multiple column cursors are not supported yet',
    ],
  ),
  ...['author { id }', 'more: author_stream(batch_size: 1, cursor: {initial_value: {id: 1}}) { id }'].map(
    (beside): Case => [
      `subscription @_multiple_top_level_fields { author_stream(batch_size: 1, cursor: {initial_value: {id: 1}}) { id } ${beside} }`,
      {},
      '$',
      'a streaming subscription must have no other top level field',
    ],
  ),
  [
    'subscription { author_stream(batch_size: -1, cursor: {initial_value: {id: 1}}) { id } }',
    {},
    '$.selectionSet.author_stream.args.batch_size',
    "expected a non-negative 32-bit integer for type 'Int', but found an integer",
  ],
  [
    'subscription { author_stream(cursor: {initial_value: {id: 1}}) { id } }',
    {},
    '$.selectionSet.author_stream.args.batch_size',
    "missing required field 'batch_size'",
  ],
  [
    '{ __schema { types { ...f } } } fragment f on __Type { nme }',
    {},
    '$.selectionSet.__schema.selectionSet.types.selectionSet.nme',
    "field 'nme' not found in type: '__Type'",
  ],
  ['{ __schema }', {}, '$.selectionSet.__schema.selectionSet', "missing selection set for '__Schema'"],
  ['{ __type { name } }', {}, '$.selectionSet.__type.args.name', "missing required field 'name'"],
  [
    '{ __type(name: 1) { name } }',
    {},
    '$.selectionSet.__type.args.name',
    "expected a string for type 'String', but found an integer",
  ],
  [
    'query ($all: String) { __type(name: "author") { fields(includeDeprecated: $all) { name } } }',
    { all: 'yes' },
    '$.selectionSet.__type.selectionSet.fields.args.includeDeprecated',
    "variable 'all' is declared as 'String', but used where 'Boolean' is expected",
  ],
  [
    '{ __type(name: "author") { a: name a: kind } }',
    {},
    '$.selectionSet.__type.selectionSet.name',
    "selection of both 'name' and 'kind' under the same response name, 'a'",
  ],
  [
    'mutation { author { id } }',
    {},
    '$.selectionSet.author',
    "field 'author' not found in type: 'mutation_root'",
  ],
];

describe('what a schema does not have', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables });
  });

  afterAll(() => world.end());

  it.each(refused)('%s is refused', (query, variables, path, message) => {
    const refusal = world.refusal(query, { variables });
    expect(refusal).toBeInstanceOf(EngineError);
    expect(refusal).toMatchObject({ code: 'validation-failed', message, path });
  });

  it('checks the values of holes when they are filled, not when they are planned', async () => {
    const query = 'query ($x: Int!, $l: Int) { author(where: {id: {_eq: $x}}, limit: $l) { id } }';
    const made = world.plan(query, { variables: { x: 1, l: 1 } });
    await expect(world.run(made, { variables: { x: true, l: 1 } })).rejects.toThrow(
      'parsing Integer expected for input type: PGInteger failed, expected Number, but encountered Boolean',
    );
    await expect(world.run(made, { variables: { x: 2147483648, l: 1 } })).rejects.toThrow(
      'lies outside the bounds',
    );
    const listed = 'query ($n: String!) { author(where: {name: {_in: ["a", $n]}}) { id } }';
    await expect(world.ask(listed, { variables: { n: 3 } })).rejects.toMatchObject({
      message: 'parsing Text failed, expected String, but encountered Number',
      path: `${root}.args.where.name._in[1]`,
    });
  });

  it('keeps one plan for all values of a variable in a list', () => {
    const made = world.plan('query ($x: Int!) { author(where: {id: {_in: [1, $x]}}) { id } }', {
      variables: { x: 1 },
    });
    expect(made.shapeOf({ x: 2 })).toBe(made.shapeOf({ x: 1 }));
  });

  it('makes the size of a page part of the statement', () => {
    const query = 'query ($l: Int, $o: Int) { author(limit: $l, offset: $o) { id } }';
    const made = world.plan(query, { variables: { l: 20, o: 40 } });
    expect(made.shapeOf({ l: 20, o: 60 })).toBe(made.shapeOf({ l: 20, o: 40 }));
    expect(made.shapeOf({ l: 50, o: 40 })).not.toBe(made.shapeOf({ l: 20, o: 40 }));
    expect(world.sql(query, { variables: { l: 20, o: 40 } })).toContain('limit 20\n  offset $1::bigint');
    for (const l of [-5, '5']) {
      expect(() => world.plan(query, { variables: { l } })).toThrow(
        "expected a non-negative 32-bit integer for type 'Int'",
      );
    }
  });

  it('takes what GraphQL allows', async () => {
    const query = `query q($yes: Boolean! = true, $no: Boolean = false, $ids: [Int!] = [1, 2], $id: Int = 1, $left: Int, $w: author_bool_exp!) {
      author(where: {id: {_in: $ids}, _and: [$w, {books: {}}]}, limit: null, offset: $left, order_by: null) {
        ...all @include(if: $yes) ... on author @skip(if: $no) { age } gone: id @skip(if: $yes) ... { name } } }
      fragment all on author { id books { ...deep } } fragment deep on book { author { id } } fragment unused on nothing { x }`;
    expect(await world.ask(query, { variables: { w: { id: { _gt: 0 } } } })).toEqual({ author: [] });
    expect(world.sql(query, { variables: { w: {} } })).not.toContain('gone');
  });

  it('takes values of variables that a fragment, a directive or a field that is left out asks for', () => {
    const query = `query ($ttl: Int!, $no: Boolean!, $l: Int, $o: Int, $w: book_bool_exp!, $u: Int) @cached(ttl: $ttl) {
      author { ...f books(limit: $l) @include(if: $no) { id } } }
      fragment f on author { ...g } fragment g on author { all: books(where: {_and: [$w]}, offset: $o) { id } }`;
    const variables = { ttl: 5, no: false, l: 1, o: 1, w: {} };
    const made = world.plan(query, { variables });
    expect(made.roots).toHaveLength(1);
    expect(made.shapeOf({ ...variables, u: 1 })).not.toBe(made.shapeOf(variables));
  });

  it('merges a field that is selected twice, in whatever order its conditions are written', async () => {
    const query = `{ author(where: {id: {_gt: 0, _lt: 9}, _and: [{age: {}, name: {}}]}, limit: 1) { id }
      author(limit: 1, where: {_and: [{name: {}, age: {}}], id: {_lt: 9, _gt: 0}}) { name } }`;
    expect(await world.ask(query)).toEqual({ author: [] });
    expect(world.sql(query)).toContain('"author"."name" as "name"');
  });

  it('refuses a request that is nested beyond the stack, and goes on', async () => {
    let where: object = {};
    for (let at = 0; at < 100_000; at++) where = { _not: where };
    const query = 'query ($where: author_bool_exp) { author(where: $where) { id } }';
    expect(() => world.plan(query, { variables: { where } })).toThrow('the query is nested too deeply');
    const { shapeOf } = world.plan(query, { variables: {} });
    expect(() => shapeOf({ where })).toThrow('the query is nested too deeply');
    expect(await world.ask('{ author { id } }')).toEqual({ author: [] });
  });
});
