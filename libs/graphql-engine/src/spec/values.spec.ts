import { ExactNumber, type VariableValues } from '../planner';
import { World } from './world';

const script = 'create table author (id int primary key, name text, big bigint, small smallint, doc jsonb);';
const tables = [{ table: { schema: 'public', name: 'author' } }];

type Case = readonly [query: string, variables: VariableValues, path: string, message: string];

const root = '$.selectionSet.author';
const overflow = (number: string) =>
  `The value ${number} lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?`;
const otherKind = (reading: string, expected: string, kind: string) =>
  `parsing ${reading} failed, expected ${expected}, but encountered ${kind}`;
const beyondInt8 = new ExactNumber('9223372036854775808');

/** Values that no column of their type can hold, in a literal, a variable, a condition, a row. */
const unreadable: readonly Case[] = [
  [
    '{ author(where: {big: {_eq: 9223372036854775808}}) { id } }',
    {},
    `${root}.args.where.big._eq`,
    overflow('9.223372036854775808e18'),
  ],
  [
    'query ($x: bigint) { author(where: {big: {_eq: $x}}) { id } }',
    { x: beyondInt8 },
    `${root}.args.where.big._eq`,
    overflow('9.223372036854775808e18'),
  ],
  [
    'query ($w: author_bool_exp) { author(where: $w) { id } }',
    { w: { small: { _in: [1, 32768] } } },
    `${root}.args.where.small._in[1]`,
    overflow('32768.0'),
  ],
  [
    '{ author_by_pk(id: 2147483648) { id } }',
    {},
    '$.selectionSet.author_by_pk.args.id',
    overflow('2.147483648e9'),
  ],
  ['{ author(where: {id: {_gt: 1.5}}) { id } }', {}, `${root}.args.where.id._gt`, overflow('1.5')],
  ['{ author(limit: 2147483648) { id } }', {}, `${root}.args.limit`, overflow('2.147483648e9')],
  ['query ($l: Int) { author(limit: $l) { id } }', { l: 1.5 }, `${root}.args.limit`, overflow('1.5')],
  [
    'mutation { insert_author(objects: [{id: 1, small: -32769}]) { affected_rows } }',
    {},
    '$.selectionSet.insert_author.args.objects[0].small',
    overflow('-32769.0'),
  ],
  [
    'mutation ($o: [author_insert_input!]!) { insert_author(objects: $o) { affected_rows } }',
    { o: [{ id: 1 }, { id: 2, big: beyondInt8 }] },
    '$.selectionSet.insert_author.args.objects[1].big',
    overflow('9.223372036854775808e18'),
  ],
  [
    'mutation { update_author(where: {}, _inc: {small: 40000}) { affected_rows } }',
    {},
    '$.selectionSet.update_author.args._inc.small',
    overflow('40000.0'),
  ],
  [
    '{ author(where: {_or: [{}, {id: {_eq: true}}]}) { id } }',
    {},
    `${root}.args.where._or[1].id._eq`,
    otherKind('Integer expected for input type: PGInteger', 'Number', 'Boolean'),
  ],
  [
    '{ author(where: {name: {_eq: 1}}) { id } }',
    {},
    `${root}.args.where.name._eq`,
    otherKind('Text', 'String', 'Number'),
  ],
  [
    '{ author(where: {name: {_in: ["a", 1.5]}}) { id } }',
    {},
    `${root}.args.where.name._in[1]`,
    otherKind('Text', 'String', 'Number'),
  ],
  [
    '{ author(where: {doc: {_has_key: 1}}) { id } }',
    {},
    `${root}.args.where.doc._has_key`,
    otherKind('Text', 'String', 'Number'),
  ],
  [
    'query ($x: bigint!) { author(where: {big: {_eq: $x}}) { id } }',
    { x: {} },
    `${root}.args.where.big._eq`,
    otherKind('Integer expected for input type: PGBigInt', 'Number', 'Object'),
  ],
];

describe('values of columns', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables });
  });

  afterAll(() => world.end());

  it.each(unreadable)('%s with %j cannot be read', async (query, variables, path, message) => {
    await expect(world.ask(query, { variables })).rejects.toMatchObject({
      code: 'parse-failed',
      message,
      path,
    });
  });

  it('leaves strings and bare words to Postgres', async () => {
    const by = (value: string) => world.ask(`{ author(where: {big: {_eq: ${value}}}) { id } }`);
    await expect(by('"9223372036854775808"')).rejects.toMatchObject({
      code: 'data-exception',
      message: 'value "9223372036854775808" is out of range for type bigint',
      path: '$',
    });
    await expect(by('bare')).rejects.toMatchObject({
      code: 'data-exception',
      message: 'invalid input syntax for type bigint: "bare"',
    });
    const insert = 'mutation { insert_author(objects: {id: 1, small: "32768"}) { affected_rows } }';
    await expect(world.ask(insert)).rejects.toMatchObject({
      code: 'data-exception',
      message: 'value "32768" is out of range for type smallint',
      path: '$.selectionSet.insert_author.args.objects',
    });
    expect(await world.ask('{ author(where: {name: {_in: [red, "blue"]}}) { id } }')).toEqual({ author: [] });
  });
});
