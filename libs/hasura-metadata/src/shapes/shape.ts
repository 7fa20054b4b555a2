/**
 * A shape is one description that serves three times: it gives the TypeScript type, it checks a JSON value
 * against it, and it gives the canonical form (keys in Hasura's order, defaults left out, unknown keys dropped).
 *
 * A shape is a function from a JSON value to the canonical value; what does not fit becomes a {@link MetadataFault}
 * with the path of the wrong part.
 */
import { MetadataFault, type Path } from './fault';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export type Shape<T> = (value: unknown, path: Path) => T;
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** Readers of JSON keep a number with more digits than a double has as an object of a class: that is none of JSON's. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isOfNoClass(value);

/** Its prototype is where all chains end; not compared with `Object`'s, of which there can be several. */
function isOfNoClass(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The same for what is known to be JSON. */
export const isJsonObject = (value: Json | undefined): value is JsonObject => isObject(value);

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (isObject(value)) return 'Object';
  const kind = typeof value;
  return kind === 'object' ? 'Number' : kind.charAt(0).toUpperCase() + kind.slice(1);
};

export const mismatch = (path: Path, what: string, expected: string, value: unknown) =>
  new MetadataFault(path, `parsing ${what} failed, expected ${expected}, but encountered ${kindOf(value)}`);

export const json: Shape<Json> = value => (value === undefined ? null : (value as Json));

export const jsonObject: Shape<JsonObject> = (value, path) => {
  if (!isObject(value)) throw mismatch(path, 'HashMap', 'Object', value);
  return value as JsonObject;
};

export const text: Shape<string> = (value, path) => {
  if (typeof value !== 'string') throw mismatch(path, 'Text', 'String', value);
  return value;
};

export const nonEmptyText: Shape<string> = (value, path) => {
  const given = text(value, path);
  if (given === '') throw new MetadataFault(path, 'empty string not allowed');
  return given;
};

/** A name that GraphQL takes: `/[_A-Za-z][_0-9A-Za-z]*\/`. */
export const graphqlName: Shape<string> = (value, path) => {
  const given = text(value, path);
  if (/^[_A-Za-z][_0-9A-Za-z]*$/.test(given)) return given;
  throw new MetadataFault(path, `${given} is not a valid GraphQL name`);
};

export const boolean: Shape<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw mismatch(path, 'Bool', 'Boolean', value);
  return value;
};

export const integer: Shape<number> = (value, path) => {
  if (kindOf(value) !== 'Number') throw mismatch(path, 'Int', 'Number', value);
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new MetadataFault(
    path,
    `parsing Int failed, value is either floating or will cause over or underflow ${String(value)}`,
  );
};

export const number: Shape<number> = (value, path) => {
  if (kindOf(value) !== 'Number') throw mismatch(path, 'Double', 'Number', value);
  return Number(value);
};

export const oneOf =
  <const Names extends readonly string[]>(...names: Names): Shape<Names[number]> =>
  (value, path) => {
    const given = text(value, path);
    if (names.includes(given)) return given;
    const known = names.map(name => `'${name}'`).join(', ');
    throw new MetadataFault(path, `unexpected value '${given}', expected one of ${known}`);
  };

export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, path) =>
    value === null || value === undefined ? null : shape(value, path);

export const list =
  <T>(shape: Shape<T>): Shape<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw mismatch(path, '[]', 'Array', value);
    return value.map((item, i) => shape(item, [...path, i]));
  };

/** An object whose keys are names of the same kind of thing. */
export const record =
  <T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, path) => {
    const entries = Object.entries(jsonObject(value, path));
    return Object.fromEntries(entries.map(([key, item]) => [key, shape(item, [...path, key])]));
  };

/** The first shape that fits; when none does, the fault is the last one's. */
export const either =
  <A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> =>
  (value, path) => {
    try {
      return first(value, path);
    } catch (fault) {
      if (fault instanceof MetadataFault) return second(value, path);
      throw fault;
    }
  };

/**
 * A list of named things: no name twice, in the order of their names, as Hasura exports them. A name that comes twice
 * is the fault of the object that the list is in, as in Hasura.
 * @param what the plural for the fault: `tables`
 */
export const named =
  <T>(what: string, shape: Shape<T>, nameOf: (item: T) => string): Shape<readonly T[]> =>
  (value, path) => {
    const items = list(shape)(value, path);
    const names = items.map(nameOf);
    const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
    if (twice.length === 0)
      return items
        .map((item, i) => ({ item, name: names[i] ?? '' }))
        .sort(byName)
        .map(only);
    throw new MetadataFault(
      path.slice(0, -1),
      `multiple declarations exist for the following ${what}: ${twice.join(', ')}`,
    );
  };

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const only = <T>({ item }: { item: T }) => item;
