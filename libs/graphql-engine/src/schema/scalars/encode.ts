import { EngineError } from '../../executor';
import type { Encode } from '../../ir';
import {
  describeJson,
  EnumLiteral,
  ExactNumber,
  invalid,
  jsonKind,
  jsonText,
  type JsonKind,
} from '../../planner';
import { scientific } from './scientific';

/**
 * JSON to the text that Postgres reads. Only GraphQL's own scalars are checked here, in Hasura's words; every other
 * type is Postgres's to judge, and its refusal is passed on. So are strings given for numbers and booleans.
 */
export const encodeInt: Encode = (value, path) => {
  if (typeof value === 'string') return value;
  if (value === null) throw invalid(path, "unexpected null value for type 'Int'");
  if (typeof value !== 'number' && !(value instanceof ExactNumber)) {
    return fail(path, "expected a 32-bit integer for type 'Int'", value);
  }
  const number = Number(value);
  const fits = Number.isInteger(number) && number >= -2147483648 && number <= 2147483647;
  return fits ? String(number) : outOfBounds(String(value), path);
};

/** `offset`: a count that may not fit into an Int, so a string of digits is a number too. */
export const encodeOffset: Encode = (value, path) => {
  const isNumber = typeof value === 'number' || value instanceof ExactNumber;
  const text = isNumber || typeof value === 'string' ? String(value) : '';
  if (/^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)) return text;
  return isNumber ? outOfBounds(text, path) : fail(path, "expected a 64-bit integer for type 'Int'", value);
};

function outOfBounds(number: string, path: string): never {
  const reason =
    'lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?';
  throw new EngineError('parse-failed', `The value ${scientific(number)} ${reason}`, { path });
}

export const encodeFloat: Encode = (value, path) => {
  if (value instanceof ExactNumber || typeof value === 'number' || typeof value === 'string')
    return String(value);
  if (value === null) throw invalid(path, "unexpected null value for type 'Float'");
  return fail(path, "expected a float for type 'Float'", value);
};

export const encodeString: Encode = (value, path) => {
  if (typeof value === 'string') return value;
  if (value === null) throw invalid(path, "unexpected null value for type 'String'");
  return fail(path, "expected a string for type 'String'", value);
};

export const encodeBoolean: Encode = (value, path) => {
  if (typeof value === 'boolean' || typeof value === 'string') return String(value);
  if (value === null) throw invalid(path, "unexpected null value for type 'Boolean'");
  return fail(path, "expected a boolean for type 'Boolean'", value);
};

/** json and jsonb: any JSON is a value. */
export const encodeJson: Encode = value => jsonText(value);

/** What Hasura's reader of JSON calls the values of some types. */
const readAs: Readonly<Record<string, readonly [name: string, expected: JsonKind]>> = {
  smallint: ['Int16', 'Number'],
  bigint: ['Int64', 'Number'],
  float8: ['Double', 'Number'],
  numeric: ['Scientific', 'Number'],
  money: ['Scientific', 'Number'],
  date: ['Day', 'String'],
  timestamp: ['LocalTime', 'String'],
  timestamptz: ['UTCTime', 'String'],
  uuid: ['UUID', 'String'],
  citext: ['Text', 'String'],
};

/** A type that only Postgres can judge: what a client writes must be a string, or a number where the type is one. */
export function encodeText(typeName: string): Encode {
  const [name, expected] = readAs[typeName] ?? [];
  return (value, path) => {
    if (value === null) throw invalid(path, `unexpected null value for type '${typeName}'`);
    const kind = jsonKind(value);
    if (kind === 'String' || kind === expected) return encodeAny(value, path);
    const message = name
      ? `parsing ${name} failed, expected ${expected}, but encountered ${kind}`
      : `A string is expected for type: ${typeName}`;
    throw new EngineError('parse-failed', message, { path });
  };
}

/** Label paths are checked before Postgres sees them, as Hasura does. */
export const encodeLabelPath: Encode = (value, path) => {
  if (jsonKind(value) !== 'String') return fail(path, "expected a string for type 'ltree'", value);
  const text = String(value);
  if (/^(\w+(\.\w+)*)?$/u.test(text)) return text;
  const wanted = 'a sequence of zero or more labels separated by dots, for example L1.L2.L3';
  throw new EngineError('parse-failed', `Expecting label path: ${wanted}`, { path });
};

/** A session variable or a preset: whatever it is, as text. */
export const encodeAny: Encode = value => {
  if (value === null || value === undefined) return null;
  const isScalar = typeof value !== 'object' || value instanceof ExactNumber || value instanceof EnumLiteral;
  return isScalar ? String(value) : jsonText(value);
};

/**
 * `[...]` as a Postgres array literal; a string passes as the literal that it already is. Lists in it are further
 * dimensions, unless a list is a value of its own (JSON).
 */
export function encodeArray(item: Encode, listsAreValues: boolean): Encode {
  const member = (value: unknown, path: string): string => {
    if (Array.isArray(value) && !listsAreValues) return dimension(value, path);
    return value === null ? 'NULL' : quoted(item(value, path));
  };
  const dimension = (values: readonly unknown[], path: string): string =>
    `{${values.map((value, at) => member(value, `${path}[${at}]`)).join(',')}}`;
  return (value, path) =>
    typeof value === 'string' ? value : dimension(Array.isArray(value) ? value : [value], path);
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

function fail(path: string, expectation: string, value: unknown): never {
  throw invalid(path, `${expectation}, but found ${describeJson(value)}`);
}
