import type { TypeModel } from '../../model';
import { EnumLiteral, ExactNumber, NumberLiteral } from '../../planner';
import { codecOf } from './codec';
import { encodeMembers, encodeOffset } from './encode';
import * as pgTypes from './pg-types';

const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message, path: '$' }) as Error;

const ofType = (name: string): TypeModel => ({ schema: 'pg_catalog', name, kind: 'base', category: 'U' });
const encode = (name: string, value: unknown) => codecOf(ofType(name)).encode(value, '$');

describe('values of columns', () => {
  it.each([
    ['int2', true, 'Integer expected for input type: PGSmallInt', 'Number', 'Boolean'],
    ['int4', [1], 'Integer expected for input type: PGInteger', 'Number', 'Array'],
    ['int8', {}, 'Integer expected for input type: PGBigInt', 'Number', 'Object'],
    ['float4', false, 'Float expected for input type: PGFloat', 'Number', 'Boolean'],
    ['float8', [], 'Float expected for input type: PGDouble', 'Number', 'Array'],
    ['numeric', true, 'Scientific', 'Number', 'Boolean'],
    ['bool', 1, 'Bool', 'Boolean', 'Number'],
    ['text', 1, 'Text', 'String', 'Number'],
    ['citext', ['a'], 'Text', 'String', 'Array'],
    ['lquery', 1, 'Text', 'String', 'Number'],
    ['uuid', 5, 'UUID', 'String', 'Number'],
    ['date', true, 'Day', 'String', 'Boolean'],
    ['timestamptz', { at: 1 }, 'UTCTime', 'String', 'Object'],
    ['_int4', 5, '[]', 'Array', 'Number'],
  ])('are of the kind of a %s, not %j', (name, value, reading, expected, kind) => {
    const type = name.startsWith('_') ? pgTypes.arrayOf(ofType(name.slice(1))) : ofType(name);
    const message = `parsing ${reading} failed, expected ${expected}, but encountered ${kind}`;
    expect(() => codecOf(type).encode(value, '$')).toThrow(refusal('parse-failed', message));
  });

  it.each([
    ['interval', 5],
    ['int4range', [1, 2]],
  ])('are strings where Hasura knows no more: %s, not %j', (name, value) =>
    expect(() => encode(name, value)).toThrow(
      refusal('parse-failed', `A string is expected for type: ${name}`),
    ),
  );

  it.each([
    ['int2', 32768, '32768.0'],
    ['int2', new NumberLiteral('-32769'), '-32769.0'],
    ['int4', 2147483648, '2.147483648e9'],
    ['int4', 1.5, '1.5'],
    ['int8', new NumberLiteral('9223372036854775808'), '9.223372036854775808e18'],
    ['int8', new ExactNumber('1e400'), '1.0e400'],
  ])('of %s do not overflow: %s', (name, value, number) =>
    expect(() => encode(name, value)).toThrow(
      refusal(
        'parse-failed',
        `The value ${number} lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?`,
      ),
    ),
  );

  it.each([
    ['float4', 1e39, '1.0e39'],
    ['float8', new NumberLiteral('1e400'), '1.0e400'],
  ])('of %s do not overflow either: %s', (name, value, number) =>
    expect(() => encode(name, value)).toThrow(
      refusal(
        'parse-failed',
        `The value ${number} lies outside the bounds. Is it overflowing the float bounds?`,
      ),
    ),
  );

  it.each([
    ['uuid', 'nonsense', 'nonsense'],
    ['int4', 'x', 'x'],
    ['int4', new NumberLiteral('5.0'), '5'],
    ['int8', 5, '5'],
    ['int8', new ExactNumber('9007199254740993'), '9007199254740993'],
    ['int8', '9223372036854775808', '9223372036854775808'],
    ['float8', new NumberLiteral('1.50'), '1.50'],
    ['numeric', '1.50', '1.50'],
    ['bool', false, 'false'],
    ['date', new EnumLiteral('today'), 'today'],
    ['text', new EnumLiteral('red'), 'red'],
    ['ltree', 'a.b-c', 'a.b-c'],
  ])('pass as a %s: %j', (name, value, text) => expect(encode(name, value)).toBe(text));

  it.each([
    ['uuid', 'uuid'],
    ['int8', 'bigint'],
    ['text', 'String'],
    ['ltree', 'ltree'],
    ['geometry', 'geometry'],
  ])('of %s are not null', (name, graphqlName) =>
    expect(() => encode(name, null)).toThrow(
      refusal('validation-failed', `unexpected null value for type '${graphqlName}'`),
    ),
  );

  it.each(['', 'a..b', 5])('of ltree are labels, not %j', value =>
    expect(() => encode('ltree', value)).toThrow(
      refusal(
        'parse-failed',
        'Expecting label path: a sequence of zero or more labels separated by dots, for example L1.L2.L3',
      ),
    ),
  );
});

describe('offsets', () => {
  it.each([
    [0, '0'],
    ['12', '12'],
    [-3, '-3'],
    [new ExactNumber('9223372036854775807'), '9223372036854775807'],
  ])('%s is one', (value, text) => expect(encodeOffset(value, '$')).toBe(text));

  const expected = "expected a 32-bit integer, or a 64-bit integer represented as a string for type 'Int'";
  it.each([
    ['two', 'validation-failed', `${expected}, but found a string`],
    ['-3', 'validation-failed', `${expected}, but found a string`],
    [true, 'validation-failed', `${expected}, but found a boolean`],
    [new NumberLiteral('1.5'), 'validation-failed', `${expected}, but found a float`],
    [
      1.5,
      'parse-failed',
      'The value 1.5 lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?',
    ],
    [
      new ExactNumber('9223372036854775808'),
      'parse-failed',
      'The value 9.223372036854775808e18 lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?',
    ],
  ])('%s is none', (value, code, message) =>
    expect(() => encodeOffset(value, '$')).toThrow(refusal(code, message)),
  );
});

describe('lists', () => {
  const members = codecOf(pgTypes.text).encodeMembers;
  const list = (of: TypeModel) => codecOf(pgTypes.arrayOf(of)).encode;

  it('of arguments hold what their items allow', () => {
    expect(members(['a', 'b"c'], '$')).toBe('{"a","b\\"c"}');
    expect(members('a', '$')).toBe('{"a"}');
    expect(() => members(null, '$')).toThrow(refusal('validation-failed', 'expected a list, but found null'));
    expect(() => members(5, '$')).toThrow(expect.objectContaining({ path: '$[0]' }) as Error);
    expect(() => members(['a', null], '$')).toThrow(expect.objectContaining({ path: '$[1]' }) as Error);
  });

  it('of JSON hold bare words as strings', () =>
    expect(codecOf(pgTypes.json).encode({ a: [new EnumLiteral('red')] }, '$')).toBe('{"a":["red"]}'));

  it('of JSON hold lists as values', () => {
    expect(encodeMembers(codecOf(pgTypes.json).encode)([[1], { a: [] }], '$')).toBe('{"[1]","{\\"a\\":[]}"}');
    expect(list(pgTypes.json)([[1], null], '$')).toBe('{"[1]",NULL}');
  });

  it('of anything else nest, and may hold null', () => {
    expect(
      list(pgTypes.text)(
        [
          ['a', null],
          ['b', 'c'],
        ],
        '$',
      ),
    ).toBe('{{"a",NULL},{"b","c"}}');
    expect(list(pgTypes.text)('{x}', '$')).toBe('{x}');
  });
});
