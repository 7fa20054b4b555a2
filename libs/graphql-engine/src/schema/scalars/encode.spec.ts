import { EnumLiteral, ExactNumber } from '../../planner';
import { encodeArray, encodeJson, encodeMembers, encodeOffset, encodeString, encodeText } from './encode';

const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message, path: '$' }) as Error;

describe('values of types that Postgres judges', () => {
  it.each([
    ['uuid', 5, 'parsing UUID failed, expected String, but encountered Number'],
    ['date', true, 'parsing Day failed, expected String, but encountered Boolean'],
    ['timestamptz', { at: 1 }, 'parsing UTCTime failed, expected String, but encountered Object'],
    ['citext', ['a'], 'parsing Text failed, expected String, but encountered Array'],
    ['bigint', false, 'parsing Int64 failed, expected Number, but encountered Boolean'],
    ['interval', 5, 'A string is expected for type: interval'],
    ['int4range', [1, 2], 'A string is expected for type: int4range'],
  ])('are of the kind of a %s, not %j', (type, value, message) =>
    expect(() => encodeText(type)(value, '$')).toThrow(refusal('parse-failed', message)),
  );

  it.each([
    ['uuid', 'nonsense', 'nonsense'],
    ['bigint', 5, '5'],
    ['bigint', new ExactNumber('9007199254740993'), '9007199254740993'],
    ['numeric', '1.50', '1.50'],
    ['date', new EnumLiteral('today'), 'today'],
  ])('pass as a %s: %j', (type, value, text) => expect(encodeText(type)(value, '$')).toBe(text));

  it('are not null', () =>
    expect(() => encodeText('uuid')(null, '$')).toThrow(
      refusal('validation-failed', "unexpected null value for type 'uuid'"),
    ));
});

describe('offsets', () => {
  it.each([
    [0, '0'],
    ['12', '12'],
    [-3, '-3'],
    [new ExactNumber('9223372036854775807'), '9223372036854775807'],
  ])('%s is one', (value, text) => expect(encodeOffset(value, '$')).toBe(text));

  it.each([
    ['two', 'validation-failed', "expected a 64-bit integer for type 'Int', but found a string"],
    [true, 'validation-failed', "expected a 64-bit integer for type 'Int', but found a boolean"],
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
  it('of arguments hold what their items allow', () => {
    expect(encodeMembers(encodeString)(['a', 'b"c'], '$')).toBe('{"a","b\\"c"}');
    expect(encodeMembers(encodeString)('a', '$')).toBe('{"a"}');
    expect(() => encodeMembers(encodeString)(null, '$')).toThrow(
      refusal('validation-failed', 'expected a list, but found null'),
    );
    expect(() => encodeMembers(encodeString)(5, '$')).toThrow(
      expect.objectContaining({ path: '$[0]' }) as Error,
    );
    expect(() => encodeMembers(encodeString)(['a', null], '$')).toThrow(
      expect.objectContaining({ path: '$[1]' }) as Error,
    );
  });

  it('of JSON hold bare words as strings', () =>
    expect(encodeJson({ a: [new EnumLiteral('red')] }, '$')).toBe('{"a":["red"]}'));

  it('of JSON hold lists as values', () => {
    expect(encodeMembers(encodeJson)([[1], { a: [] }], '$')).toBe('{"[1]","{\\"a\\":[]}"}');
    expect(encodeArray(encodeJson, true)([[1], null], '$')).toBe('{"[1]",NULL}');
  });

  it('of anything else nest, and may hold null', () => {
    expect(
      encodeArray(encodeString, false)(
        [
          ['a', null],
          ['b', 'c'],
        ],
        '$',
      ),
    ).toBe('{{"a",NULL},{"b","c"}}');
    expect(encodeArray(encodeString, false)('{x}', '$')).toBe('{x}');
  });
});
