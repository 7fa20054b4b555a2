import { MetadataFault, type Path } from './fault';
import { isObject, mismatch, type Shape } from './shape';

interface Required<T> {
  readonly kind: 'required';
  readonly shape: Shape<T>;
}
interface Optional<T> {
  readonly kind: 'optional';
  readonly shape: Shape<T>;
  omitted(value: T): boolean;
}
interface Defaulted<T> {
  readonly kind: 'defaulted';
  readonly shape: Shape<T>;
  readonly fallback: T;
}
type Field = Required<unknown> | Optional<unknown> | Defaulted<unknown>;
type Fields = Readonly<Record<string, Field>>;

type RequiredPart<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Optional<unknown> ? never : K]: F[K] extends {
    shape: Shape<infer T>;
  }
    ? T
    : never;
};
type OptionalPart<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Optional<unknown> ? K : never]?: F[K] extends {
    shape: Shape<infer T>;
  }
    ? T
    : never;
};
export type ObjectOf<F extends Fields> = RequiredPart<F> & OptionalPart<F>;

export const required = <T>(shape: Shape<T>): Required<T> => ({ kind: 'required', shape });

/** May be absent or null. The canonical form leaves it out then, and when `omitted` says so. */
export const optional = <T>(shape: Shape<T>, omitted: (value: T) => boolean = () => false): Optional<T> => ({
  kind: 'optional',
  shape,
  omitted,
});

/** May be absent; the canonical form always says it. */
export const defaulted = <T>(shape: Shape<T>, fallback: T): Defaulted<T> => ({
  kind: 'defaulted',
  shape,
  fallback,
});

/** An optional list, left out when it is empty. */
export const some = <T>(shape: Shape<readonly T[]>): Optional<readonly T[]> =>
  optional(shape, items => items.length === 0);

/** An optional object, left out when it is empty. */
export const filled = <T extends object>(shape: Shape<T>): Optional<T> =>
  optional(shape, value => Object.keys(value).length === 0);

/** An optional boolean, left out when it is false. */
export const flag = (shape: Shape<boolean>): Optional<boolean> => optional(shape, value => !value);

/**
 * An object with these fields, in this order.
 * @param name what Hasura calls it in faults
 */
export const object =
  <F extends Fields>(name: string, fields: F): Shape<ObjectOf<F>> =>
  (value, path) => {
    if (!isObject(value)) throw mismatch(path, name, 'Object', value);
    const kept = Object.entries(fields).flatMap(([key, field]) =>
      readField(name, key, field, value[key], path),
    );
    return Object.fromEntries(kept) as ObjectOf<F>;
  };

function readField(name: string, key: string, field: Field, value: unknown, path: Path): [string, unknown][] {
  const absent = value === undefined || value === null;
  if (field.kind === 'optional') {
    if (absent) return [];
    const read = field.shape(value, [...path, key]);
    return field.omitted(read) ? [] : [[key, read]];
  }
  if (field.kind === 'defaulted')
    return [[key, absent ? field.fallback : field.shape(value, [...path, key])]];
  if (value === undefined) throw new MetadataFault(path, notFound(name, key));
  return [[key, field.shape(value, [...path, key])]];
}

/** Hasura's generated parsers say which type they were reading; their names hold the constructor in brackets. */
const notFound = (name: string, key: string): string =>
  `${name.includes('(') ? `parsing ${name} failed, ` : ''}key ${JSON.stringify(key)} not found`;
