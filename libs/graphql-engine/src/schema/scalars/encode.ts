import { EngineError } from '../../executor';
import type { Encode } from '../../ir';
import { describeJson, ExactNumber, invalid, jsonText } from '../../planner';
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
  if (Number.isInteger(number) && number >= -2147483648 && number <= 2147483647) return String(number);
  const reason =
    'lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?';
  throw new EngineError('parse-failed', `The value ${scientific(String(value))} ${reason}`, { path });
};

/** `limit`, `offset` and the like. */
export const encodeNatural: Encode = (value, path) => {
  const good = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2147483647;
  return good ? String(value) : fail(path, "expected a non-negative 32-bit integer for type 'Int'", value);
};

export const encodeFloat: Encode = (value, path) => {
  if (value instanceof ExactNumber || typeof value === 'number' || typeof value === 'string')
    return String(value);
  if (value === null) throw invalid(path, "unexpected null value for type 'Float'");
  return fail(path, "expected a 64-bit floating point number for type 'Float'", value);
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

/** A type that only Postgres can judge. Structured values become JSON text, as for composite types. */
export function encodeText(typeName: string): Encode {
  return (value, path) => {
    if (value === null) throw invalid(path, `unexpected null value for type '${typeName}'`);
    return encodeAny(value, path);
  };
}

/** Label paths are checked before Postgres sees them, as Hasura does. */
export const encodeLabelPath: Encode = (value, path) => {
  if (typeof value !== 'string') return fail(path, "expected a string for type 'ltree'", value);
  if (/^(\w+(\.\w+)*)?$/u.test(value)) return value;
  const wanted = 'a sequence of zero or more labels separated by dots, for example L1.L2.L3';
  throw new EngineError('parse-failed', `Expecting label path: ${wanted}`, { path });
};

/** A session variable or a preset: whatever it is, as text. */
export const encodeAny: Encode = value => {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' && !(value instanceof ExactNumber) ? jsonText(value) : String(value);
};

/** `[...]` as a Postgres array literal; a string passes as the literal that it already is. */
export function encodeArray(item: Encode): Encode {
  const members = encodeMembers(item);
  return (value, path) => (typeof value === 'string' ? value : members(value, path));
}

/** A list of arguments for `= any(...)`: a single value is a list of one. */
export function encodeMembers(item: Encode): Encode {
  const list = (values: readonly unknown[], path: string): string => {
    const parts = values.map((value, at) => member(value, `${path}[${at}]`));
    return `{${parts.join(',')}}`;
  };
  const member = (value: unknown, path: string): string => {
    if (Array.isArray(value)) return list(value, path);
    const text = value === null ? null : item(value, path);
    return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  };
  return (value, path) => list(Array.isArray(value) ? value : [value], path);
}

function fail(path: string, expectation: string, value: unknown): never {
  throw invalid(path, `${expectation}, but found ${describeJson(value)}`);
}
