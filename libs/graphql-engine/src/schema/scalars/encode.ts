import type { Encode } from '../../ir';
import {
  describeJson,
  EnumLiteral,
  ExactNumber,
  integerOf,
  invalid,
  jsonKind,
  jsonText,
  NumberLiteral,
  outOfBounds,
  scientific,
  unreadable,
  type JsonKind,
} from '../../planner';

/** What Hasura's reader of JSON expects of a type, and what it calls it. */
type Reading = readonly [name: string, expected: JsonKind];

/**
 * JSON to the text that Postgres reads. As in Hasura a value is held against the kind of JSON that its Postgres type
 * is written in, whatever GraphQL calls the type. A string passes always, and so does a bare word: Postgres judges
 * them, and its refusal is passed on.
 */
function encodeBy(typeName: string, reading: Reading | undefined, spell: Encode): Encode {
  return (value, path) => {
    if (typeof value === 'string') return value;
    if (value === null) throw invalid(path, `unexpected null value for type '${typeName}'`);
    const kind = jsonKind(value);
    if (kind === 'String') return String(value);
    if (kind === reading?.[1]) return spell(value, path);
    const message = reading
      ? `parsing ${reading[0]} failed, expected ${reading[1]}, but encountered ${kind}`
      : `A string is expected for type: ${typeName}`;
    throw unreadable(path, message);
  };
}

/** Integers of so many bits. `name` is what Hasura calls their type. */
export function encodeInteger(typeName: string, name: string, bits: 16 | 32 | 64): Encode {
  return encodeBy(typeName, [`Integer expected for input type: ${name}`, 'Number'], (value, path) => {
    const integer = integerOf(String(value), bits);
    if (integer === undefined) throw outOfBounds(path, String(value));
    return integer;
  });
}

/** Floating numbers; `round` brings a double to their size. */
export function encodeFloating(typeName: string, name: string, round: (value: number) => number): Encode {
  return encodeBy(typeName, [`Float expected for input type: ${name}`, 'Number'], (value, path) => {
    const text = String(value);
    if (Number.isFinite(round(Number(text)))) return text;
    const reason = 'lies outside the bounds. Is it overflowing the float bounds?';
    throw unreadable(path, `The value ${scientific(text)} ${reason}`);
  });
}

export const encodeBoolean = encodeBy('Boolean', ['Bool', 'Boolean'], String);

/** json and jsonb: any JSON is a value. */
export const encodeJson: Encode = value => jsonText(value);

const readings: Readonly<Record<string, Reading>> = {
  String: ['Text', 'String'],
  citext: ['Text', 'String'],
  lquery: ['Text', 'String'],
  ltxtquery: ['Text', 'String'],
  numeric: ['Scientific', 'Number'],
  money: ['Scientific', 'Number'],
  date: ['Day', 'String'],
  timestamp: ['LocalTime', 'String'],
  timestamptz: ['UTCTime', 'String'],
  uuid: ['UUID', 'String'],
};

/** Any other type, by its GraphQL name: a string, or a number where it is one. */
export const encodeText = (typeName: string): Encode => encodeBy(typeName, readings[typeName], String);

/** Label paths are checked before Postgres sees them, as Hasura does. */
export const encodeLabelPath: Encode = (value, path) => {
  if (value === null) throw invalid(path, "unexpected null value for type 'ltree'");
  const text = jsonKind(value) === 'String' ? String(value) : '';
  if (!text.split('.').includes('')) return text;
  const wanted = 'a sequence of zero or more labels separated by dots, for example L1.L2.L3';
  throw unreadable(path, `Expecting label path: ${wanted}`);
};

/** `offset`: a count that may not fit into an Int, so a string of digits is a number too. */
export const encodeOffset: Encode = (value, path) => {
  const isFraction = value instanceof NumberLiteral && /[.eE]/.test(value.text);
  const isNumber = (typeof value === 'number' || value instanceof ExactNumber) && !isFraction;
  const isText = typeof value === 'string' && /^\d+$/.test(value);
  if (!isNumber && !isText) {
    const expectation = 'a 32-bit integer, or a 64-bit integer represented as a string';
    throw invalid(path, `expected ${expectation} for type 'Int', but found ${describeJson(value)}`);
  }
  const offset = integerOf(String(value), 64);
  if (offset === undefined) throw outOfBounds(path, String(value));
  return offset;
};

/** A session variable or a preset: whatever it is, as text. */
export const encodeAny: Encode = value => {
  if (value === null || value === undefined) return null;
  const isScalar = typeof value !== 'object' || value instanceof ExactNumber || value instanceof EnumLiteral;
  return isScalar ? String(value) : jsonText(value);
};

/** What a list is to a Postgres array. */
interface Items {
  readonly typeName: string;
  readonly encode: Encode;
}

/**
 * `[...]` as a Postgres array literal; a string passes as the literal that it already is. Lists in it are further
 * dimensions, unless a list is a value of its own (JSON). Hasura blames the whole list for an item.
 */
export function encodeArray({ typeName, encode }: Items): Encode {
  const member = (value: unknown, path: string): string => {
    if (Array.isArray(value) && encode !== encodeJson) return dimension(value, path);
    return value === null ? 'NULL' : quoted(encode(value, path));
  };
  const dimension = (values: readonly unknown[], path: string): string =>
    `{${values.map(value => member(value, path)).join(',')}}`;
  return encodeBy(typeName, ['[]', 'Array'], (value, path) => dimension(value as readonly unknown[], path));
}

/** A list of arguments for `= any(...)`: a single value is a list of one. Whether it may hold null is its items' say. */
export function encodeMembers(item: Encode): Encode {
  return (value, path) => {
    if (value === null) throw invalid(path, 'expected a list, but found null');
    const members: readonly unknown[] = Array.isArray(value) ? value : [value];
    return `{${members.map((one, at) => quoted(item(one, `${path}[${at}]`))).join(',')}}`;
  };
}

function quoted(text: string | null): string {
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
