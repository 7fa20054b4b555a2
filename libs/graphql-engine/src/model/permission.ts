import type {
  ColumnNames,
  DeletePermission as DeleteMetadata,
  InsertPermission as InsertMetadata,
  Json,
  JsonObject,
  SelectPermission as SelectMetadata,
  UpdatePermission as UpdateMetadata,
} from '@nself/hasura-metadata';
import type { BoolExp } from '../ir';
import { ModelFault } from './fault';
import { quoted, quotedName } from './text';
import type {
  DeletePermission,
  InsertPermission,
  Preset,
  SelectPermission,
  TableKey,
  TableModel,
  UpdatePermission,
} from './types';

/** Reads a permission's filter against its table. */
export type ReadFilter = (
  filter: JsonObject,
  table: TableModel,
  tables: ReadonlyMap<TableKey, TableModel>,
) => BoolExp;

/** What permissions of one table are read with. */
export interface PermissionSetting {
  readonly table: TableModel;
  readonly tables: ReadonlyMap<TableKey, TableModel>;
  readonly readFilter: ReadFilter;
}

const filterOf = (filter: JsonObject, { table, tables, readFilter }: PermissionSetting) =>
  readFilter(filter, table, tables);

export function selectPermission(metadata: SelectMetadata, setting: PermissionSetting): SelectPermission {
  const { table } = setting;
  const { limit, query_root_fields, subscription_root_fields } = metadata;
  return {
    columns: columnSet(metadata.columns, table),
    computedFields: computedFieldSet(metadata.computed_fields ?? [], table),
    filter: filterOf(metadata.filter, setting),
    ...(limit !== undefined && { limit }),
    allowAggregations: metadata.allow_aggregations ?? false,
    ...(query_root_fields && { queryRootFields: new Set(query_root_fields) }),
    ...(subscription_root_fields && { subscriptionRootFields: new Set(subscription_root_fields) }),
  };
}

export function insertPermission(metadata: InsertMetadata, setting: PermissionSetting): InsertPermission {
  const { table } = setting;
  if (!table.insertable) throw new ModelFault(`view ${quotedName(table)} is not insertable`);
  const set = presetsOf(metadata.set ?? {}, table);
  return {
    columns: without(columnSet(metadata.columns ?? '*', table), set),
    check: filterOf(metadata.check, setting),
    set,
    backendOnly: metadata.backend_only ?? false,
  };
}

export function updatePermission(metadata: UpdateMetadata, setting: PermissionSetting): UpdatePermission {
  const { table } = setting;
  if (!table.updatable) throw new ModelFault(`view ${quotedName(table)} is not updatable`);
  const set = presetsOf(metadata.set ?? {}, table);
  return {
    columns: without(columnSet(metadata.columns, table), set),
    filter: filterOf(metadata.filter, setting),
    ...(metadata.check && { check: filterOf(metadata.check, setting) }),
    set,
    backendOnly: metadata.backend_only ?? false,
  };
}

export function deletePermission(metadata: DeleteMetadata, setting: PermissionSetting): DeletePermission {
  const { table } = setting;
  if (!table.deletable) throw new ModelFault(`view ${quotedName(table)} is not deletable`);
  return { filter: filterOf(metadata.filter, setting), backendOnly: metadata.backend_only ?? false };
}

function columnSet(names: ColumnNames, table: TableModel): ReadonlySet<string> {
  if (names === '*') return new Set(table.columns.keys());
  for (const name of names) requireColumn(name, table);
  return new Set(names);
}

function requireColumn(name: string, table: TableModel): void {
  if (table.columns.has(name)) return;
  const other = table.relationships.has(name)
    ? 'relationship'
    : table.computedFields.has(name)
      ? 'computed field'
      : '';
  throw new ModelFault(
    other
      ? `expecting a postgres column; but, ${quoted(name)} is a ${other}`
      : `column ${quoted(name)} does not exist`,
  );
}

/** A column that is preset is not the client's to write. */
const without = (columns: ReadonlySet<string>, set: ReadonlyMap<string, Preset>): ReadonlySet<string> =>
  new Set([...columns].filter(column => !set.has(column)));

function computedFieldSet(names: readonly string[], table: TableModel): ReadonlySet<string> {
  for (const name of names) {
    const field = table.computedFields.get(name);
    if (!field) throw new ModelFault(`computed field ${quoted(name)} does not exist`);
    if (field.returns.kind === 'scalar') continue;
    const derived = `select permissions on computed field ${quoted(name)} are auto-derived`;
    const from = `from the permissions on its returning table ${quoted(field.returns.table.replace(/^public\./, ''))}`;
    throw new ModelFault(`${derived} ${from} and cannot be specified manually`);
  }
  return new Set(names);
}

function presetsOf(set: Readonly<Record<string, Json>>, table: TableModel): ReadonlyMap<string, Preset> {
  const entries = Object.entries(set).map(([column, value]) => {
    requireColumn(column, table);
    return [column, presetOf(value)] as const;
  });
  return new Map(entries);
}

/** A text that begins like a session variable is one; the name's letters do not matter. */
export const isSessionVariable = (value: unknown): value is string =>
  typeof value === 'string' && /^x-hasura-/i.test(value);

const presetOf = (value: Json): Preset =>
  isSessionVariable(value) ? { kind: 'session', name: value.toLowerCase() } : { kind: 'constant', value };
