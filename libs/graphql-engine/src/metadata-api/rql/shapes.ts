import {
  integer,
  isObject,
  jsonObject,
  list,
  MetadataFault,
  object,
  oneOf,
  optional,
  qualifiedName,
  required,
  text,
  type JsonObject,
  type Path,
  type QualifiedName,
  type Shape,
} from '@nself/hasura-metadata';

/** What is asked of a table, or of the rows at the end of a relationship. */
export interface Selection {
  readonly columns: readonly Selected[];
  readonly where?: JsonObject;
  readonly order_by?: readonly Ordering[];
  readonly limit?: number;
  readonly offset?: number;
}

/** All columns, one column, or a relationship with a selection of its own. */
export type Selected = '*' | string | (Selection & { readonly name: string; readonly alias?: string });

/** `+id`, `-author.name`, or `{column, type, nulls}`. */
export interface Ordering {
  readonly column: readonly string[];
  readonly direction: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
}

const selected: Shape<Selected> = (value, path) => {
  if (typeof value === 'string') return value;
  const { name, alias } = object('ECRel', { name: required(text), alias: optional(text) })(value, path);
  return { name, ...(alias !== undefined && { alias }), ...selection(value, path) };
};

const steps = (column: string) => column.split('.');

const ordering: Shape<Ordering> = (value, path) => {
  if (typeof value === 'string') {
    const direction = value.startsWith('-') ? 'desc' : 'asc';
    return { column: steps(value.replace(/^[+-]/, '')), direction };
  }
  const { column, type, nulls } = object('OrderByItem', {
    column: required(text),
    type: optional(oneOf('asc', 'desc')),
    nulls: optional(text),
  })(value, path);
  if (nulls !== undefined && nulls !== 'first' && nulls !== 'last') {
    throw new MetadataFault([...path, 'nulls'], 'unexpected value for nulls, expected "first" or "last"');
  }
  return { column: steps(column), direction: type ?? 'asc', ...(nulls && { nulls }) };
};

const orderings: Shape<readonly Ordering[]> = (value, path) =>
  Array.isArray(value) ? list(ordering)(value, path) : [ordering(value, path)];

export const selection: Shape<Selection> = object('SelectG', {
  columns: required(list(selected)),
  where: optional(jsonObject),
  order_by: optional(orderings),
  limit: optional(integer),
  offset: optional(integer),
});

const ofTable = object('TableQuery', { table: required(qualifiedName) });

export const selecting: Shape<Selection & { readonly table: QualifiedName }> = (value, path) => ({
  ...ofTable(value, path),
  ...selection(value, path),
});

export const counting = object('CountQuery', {
  table: required(qualifiedName),
  distinct: optional(list(text)),
  where: optional(jsonObject),
});

const returning: Shape<readonly string[] | '*'> = (value, path) =>
  value === '*' ? '*' : list(text)(value, path);

const conflict: Shape<{
  readonly action: 'ignore' | 'update';
  readonly constraint?: string;
  readonly constraint_on?: string | readonly string[];
}> = (value, path) => {
  if (isObject(value) && value['action'] === undefined) throw missing('action', path);
  const { action, ...rest } = object('OnConflict', {
    action: required(text),
    constraint: optional(text),
    constraint_on: optional((given: unknown, at: Path) =>
      typeof given === 'string' ? given : list(text)(given, at),
    ),
  })(value, path);
  if (action === 'ignore' || action === 'update') return { action, ...rest };
  throw new MetadataFault([...path, 'action'], `Expected either "ignore" or "update", but found ${action}`);
};

const missing = (key: string, path: Path) => new MetadataFault(path, `the key '${key}' was not present`);

const objects: Shape<readonly JsonObject[]> = (value, path) =>
  Array.isArray(value) ? list(jsonObject)(value, path) : [jsonObject(value, path)];

export const inserting = object('InsertQuery', {
  table: required(qualifiedName),
  objects: required(objects),
  on_conflict: optional(conflict),
  returning: optional(returning),
});
export type Inserting = ReturnType<typeof inserting>;

export const updating = object('UpdateQuery', {
  table: required(qualifiedName),
  where: required(jsonObject),
  $set: optional(jsonObject),
  $inc: optional(jsonObject),
  $mul: optional(jsonObject),
  $default: optional(list(text)),
  returning: optional(returning),
});
export type Updating = ReturnType<typeof updating>;

export const deleting = object('DeleteQuery', {
  table: required(qualifiedName),
  where: required(jsonObject),
  returning: optional(returning),
});
