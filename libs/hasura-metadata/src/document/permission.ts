import {
  boolean,
  defaulted,
  either,
  filled,
  flag,
  integer,
  json,
  jsonObject,
  list,
  MetadataFault,
  nonEmptyText,
  nullable,
  object,
  oneOf,
  optional,
  record,
  required,
  some,
  text,
  type Shape,
  type Shaped,
} from '../shapes';

const everyColumn: Shape<'*'> = (value, path) => {
  if (value === '*') return '*';
  throw new MetadataFault(path, 'unexpected value for columns, expected "*" or a list of columns');
};

/** `"*"` or the names. */
export const columnNames = either(everyColumn, list(text));
export type ColumnNames = Shaped<typeof columnNames>;

/** A filter as metadata writes it. Its meaning depends on the table: the engine's permission room reads it. */
export const filter = jsonObject;

const queryRootFields = list(oneOf('select', 'select_by_pk', 'select_aggregate'));
const subscriptionRootFields = list(oneOf('select', 'select_by_pk', 'select_aggregate', 'select_stream'));

export const insertPermission = object('InsPerm', {
  check: required(filter),
  set: filled(record(json)),
  columns: optional(columnNames),
  backend_only: flag(boolean),
  validate_input: optional(jsonObject),
});
export type InsertPermission = Shaped<typeof insertPermission>;

const limitOf: Shape<number> = (value, path) => {
  const limit = integer(value, path);
  if (limit >= 0) return limit;
  throw new MetadataFault(path, 'unexpected negative value');
};

export const selectPermission = object('SelPerm', {
  columns: required(columnNames),
  computed_fields: some(list(nonEmptyText)),
  filter: required(filter),
  limit: optional(limitOf),
  allow_aggregations: flag(boolean),
  query_root_fields: optional(queryRootFields),
  subscription_root_fields: optional(subscriptionRootFields),
});
export type SelectPermission = Shaped<typeof selectPermission>;

export const updatePermission = object('UpdPerm', {
  columns: required(columnNames),
  filter: required(filter),
  check: defaulted(nullable(filter), null),
  set: filled(record(json)),
  backend_only: flag(boolean),
  validate_input: optional(jsonObject),
});
export type UpdatePermission = Shaped<typeof updatePermission>;

export const deletePermission = object('DelPerm', {
  filter: required(filter),
  backend_only: flag(boolean),
  validate_input: optional(jsonObject),
});
export type DeletePermission = Shaped<typeof deletePermission>;

/** The permission of one role. */
export const permissionOf = <T>(permission: Shape<T>) =>
  object('PermDef', {
    role: required(nonEmptyText),
    permission: required(permission),
    comment: optional(text),
  });

/** Permissions by the verb that they are for. */
export interface PermissionByVerb {
  insert: InsertPermission;
  select: SelectPermission;
  update: UpdatePermission;
  delete: DeletePermission;
}
export type Verb = keyof PermissionByVerb;
export const verbs = ['insert', 'select', 'update', 'delete'] as const;

export interface PermissionEntry<V extends Verb = Verb> {
  readonly role: string;
  readonly permission: PermissionByVerb[V];
  readonly comment?: string;
}
