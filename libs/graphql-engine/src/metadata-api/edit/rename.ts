/**
 * Renames followed through the document: what a database or a person renamed is renamed wherever metadata names it,
 * the filters of permissions included. Filters are walked with the model at hand, because what a key in them means
 * depends on the table that they have reached by then.
 */
import {
  isJsonObject,
  nameKey,
  verbs,
  type ArrayRelationship,
  type Json,
  type JsonObject,
  type Metadata,
  type ObjectRelationship,
  type QualifiedName,
  type TableMetadata,
} from '@nself/hasura-metadata';
import { tableKey, type Model, type TableModel } from '../../model';
import { existsTable, isColumnOperator, reached } from '../dependencies';
import { editSource, editTables } from './edit';

const sameName = (a: QualifiedName, b: QualifiedName) => a.schema === b.schema && a.name === b.name;

/** How the words of a filter change: keys of a table, and the table of an `_exists`. */
interface FilterChange {
  readonly key: (table: TableModel, key: string) => string;
  readonly table: (name: QualifiedName) => QualifiedName;
  /** Names of columns as values: `{"_ceq": ["$", "column"]}`. */
  readonly column: (table: TableModel, column: string) => string;
}

function changeFilter(
  filter: Json,
  table: TableModel,
  root: TableModel,
  model: Model,
  change: FilterChange,
): Json {
  if (!isJsonObject(filter)) return filter;
  const entries = Object.entries(filter).map(([key, value]): [string, Json] => {
    const within = (part: Json, inner = table): Json => changeFilter(part, inner, root, model, change);
    if (/^[_$](and|or)$/.test(key))
      return [key, Array.isArray(value) ? value.map(part => within(part as Json)) : within(value)];
    if (/^[_$]not$/.test(key)) return [key, within(value)];
    if (/^[_$]exists$/.test(key) && isJsonObject(value))
      return [key, changeExists(value, root, model, change)];
    const remote = reached(table, key, model);
    if (remote) return [change.key(table, key), within(value, remote)];
    return [change.key(table, key), changeComparisons(value, table, root, change)];
  });
  return Object.fromEntries(entries);
}

/** `$` in there still means the table whose filter it is. */
function changeExists(value: JsonObject, root: TableModel, model: Model, change: FilterChange): Json {
  const name = existsTable(value);
  const table = name && model.tables.get(tableKey(name.schema, name.name));
  if (!name || !table) return value;
  return {
    _table: { ...change.table(name) },
    _where: changeFilter(value['_where'] ?? {}, table, root, model, change),
  };
}

function changeComparisons(value: Json, table: TableModel, root: TableModel, change: FilterChange): Json {
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([operator, operand]): [string, Json] => {
    if (!isColumnOperator(operator)) return [operator, operand];
    if (typeof operand === 'string') return [operator, change.column(table, operand)];
    if (!Array.isArray(operand)) return [operator, operand];
    const steps = operand as readonly Json[];
    const of = steps[0] === '$' ? root : table;
    const changed = (step: Json) =>
      typeof step === 'string' && step !== '$' ? change.column(of, step) : step;
    return [operator, steps.map(changed)];
  });
  return Object.fromEntries(entries);
}

/** All filters of a document, changed alike. */
function changeFilters(metadata: Metadata, model: Model, change: FilterChange): Metadata {
  return editTables(metadata, table => {
    const known = model.tables.get(tableKey(table.table.schema, table.table.name));
    if (!known) return table;
    const changed = (filter: JsonObject) => changeFilter(filter, known, known, model, change) as JsonObject;
    const lists = verbs.flatMap(verb => {
      const entries = table[`${verb}_permissions`];
      return entries
        ? [
            [
              `${verb}_permissions`,
              entries.map(entry => ({ ...entry, permission: filtersOf(entry.permission, changed) })),
            ],
          ]
        : [];
    });
    return { ...table, ...(Object.fromEntries(lists) as Partial<TableMetadata>) };
  });
}

interface Filters {
  readonly filter?: JsonObject;
  readonly check?: JsonObject | null;
}

function filtersOf<P extends Filters>(permission: P, changed: (filter: JsonObject) => JsonObject): P {
  const { filter, check } = permission;
  return {
    ...permission,
    ...(filter && { filter: changed(filter) }),
    ...(check && { check: changed(check) }),
  };
}

const unchanged: FilterChange = { key: (_, key) => key, table: name => name, column: (_, column) => column };

type Relationship = ObjectRelationship | ArrayRelationship;

function changeRelationships(
  table: TableMetadata,
  change: (relationship: Relationship) => Relationship,
): TableMetadata {
  const { object_relationships, array_relationships } = table;
  return {
    ...table,
    ...(object_relationships && {
      object_relationships: object_relationships.map(change) as readonly ObjectRelationship[],
    }),
    ...(array_relationships && {
      array_relationships: array_relationships.map(change) as readonly ArrayRelationship[],
    }),
  };
}

export function renameRelationship(
  metadata: Metadata,
  model: Model,
  table: QualifiedName,
  from: string,
  to: string,
): Metadata {
  const key = (of: TableModel, given: string) => (sameName(of, table) && given === from ? to : given);
  const filtered = changeFilters(metadata, model, { ...unchanged, key });
  return editTables(filtered, of =>
    sameName(of.table, table)
      ? changeRelationships(of, relationship =>
          relationship.name === from ? { ...relationship, name: to } : relationship,
        )
      : of,
  );
}

/** Where a table is found from now on. */
export interface TableRename {
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/** All at once: tables may have swapped their names, and filters are read by the names that were. */
export function renameTables(metadata: Metadata, model: Model, renames: readonly TableRename[]): Metadata {
  const names = new Map(renames.map(({ from, to }) => [nameKey(from), to]));
  const renamed = (name: QualifiedName): QualifiedName => names.get(nameKey(name)) ?? name;
  const filtered = changeFilters(metadata, model, { ...unchanged, table: renamed });
  const ends = (relationship: Relationship): Relationship => {
    const { using } = relationship;
    if ('manual_configuration' in using) {
      const manual = using.manual_configuration;
      return {
        ...relationship,
        using: { manual_configuration: { ...manual, remote_table: renamed(manual.remote_table) } },
      };
    }
    const on = using.foreign_key_constraint_on;
    if (typeof on === 'string' || !('table' in on)) return relationship;
    return { ...relationship, using: { foreign_key_constraint_on: { ...on, table: renamed(on.table) } } };
  };
  return editSource(filtered, source => ({
    ...source,
    tables: source.tables.map(table => ({
      ...changeRelationships(table, ends),
      table: renamed(table.table),
    })),
  }));
}

export function renameColumn(
  metadata: Metadata,
  model: Model,
  table: QualifiedName,
  from: string,
  to: string,
): Metadata {
  const renamed = (name: string) => (name === from ? to : name);
  const inTable = (of: QualifiedName, name: string) => (sameName(of, table) ? renamed(name) : name);
  const filtered = changeFilters(metadata, model, { ...unchanged, key: inTable, column: inTable });
  return editTables(filtered, of => {
    const linked = changeRelationships(of, relationship => renameEnds(relationship, of.table, inTable));
    return sameName(of.table, table) ? renameOwnColumn(linked, renamed) : linked;
  });
}

type InTable = (of: QualifiedName, name: string) => string;

function renameEnds(relationship: Relationship, here: QualifiedName, inTable: InTable): Relationship {
  const { using } = relationship;
  if ('manual_configuration' in using) {
    const manual = using.manual_configuration;
    const pairs = Object.entries(manual.column_mapping);
    const column_mapping = Object.fromEntries(
      pairs.map(([mine, theirs]) => [inTable(here, mine), inTable(manual.remote_table, theirs)]),
    );
    return { ...relationship, using: { manual_configuration: { ...manual, column_mapping } } };
  }
  const on = using.foreign_key_constraint_on;
  if (typeof on === 'string')
    return { ...relationship, using: { foreign_key_constraint_on: inTable(here, on) } } as Relationship;
  if ('table' in on)
    return { ...relationship, using: { foreign_key_constraint_on: renameKeyOfOther(on, inTable) } };
  return {
    ...relationship,
    using: { foreign_key_constraint_on: on.map(name => inTable(here, name)) },
  } as Relationship;
}

type KeyOfOther = Extract<
  ArrayRelationship['using'],
  { foreign_key_constraint_on: unknown }
>['foreign_key_constraint_on'];

const renameKeyOfOther = (on: KeyOfOther, inTable: InTable): KeyOfOther => ({
  ...on,
  ...(on.column !== undefined && { column: inTable(on.table, on.column) }),
  ...(on.columns && { columns: on.columns.map(name => inTable(on.table, name)) }),
});

function renameOwnColumn(table: TableMetadata, renamed: (name: string) => string): TableMetadata {
  const { configuration } = table;
  const keys = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [renamed(name), value]));
  const lists = verbs.flatMap(verb => {
    const entries = table[`${verb}_permissions`];
    return entries
      ? [[`${verb}_permissions`, entries.map(entry => renameInPermission(entry, renamed, keys))]]
      : [];
  });
  return {
    ...table,
    ...(configuration && {
      configuration: {
        ...configuration,
        column_config: keys(configuration.column_config),
        custom_column_names: keys(configuration.custom_column_names),
      },
    }),
    ...(Object.fromEntries(lists) as Partial<TableMetadata>),
    ...(table.event_triggers && {
      event_triggers: table.event_triggers.map(trigger => renameInTrigger(trigger, renamed)),
    }),
    ...(table.remote_relationships && {
      remote_relationships: table.remote_relationships.map(one => renameInRemote(one, renamed)),
    }),
  };
}

interface Columns {
  readonly filter?: JsonObject;
  readonly columns?: '*' | readonly string[];
  readonly set?: JsonObject;
}

function renameInPermission<P extends { readonly permission: Columns }>(
  entry: P,
  renamed: (name: string) => string,
  keys: <T>(record: Readonly<Record<string, T>>) => Record<string, T>,
): P {
  const { columns, set } = entry.permission;
  const permission = {
    ...entry.permission,
    ...(Array.isArray(columns) && { columns: columns.map(renamed) }),
    ...(set && { set: keys(set) }),
  };
  return { ...entry, permission };
}

type Trigger = NonNullable<TableMetadata['event_triggers']>[number];

function renameInTrigger(trigger: Trigger, renamed: (name: string) => string): Trigger {
  const names = (columns: '*' | readonly string[]) => (columns === '*' ? columns : columns.map(renamed));
  const operation = (spec: Trigger['definition']['insert']) =>
    spec && { columns: names(spec.columns), ...(spec.payload && { payload: names(spec.payload) }) };
  const { insert, update, delete: remove, ...rest } = trigger.definition;
  const definition = {
    ...rest,
    ...(insert && { insert: operation(insert) }),
    ...(update && { update: operation(update) }),
    ...(remove && { delete: operation(remove) }),
  } as Trigger['definition'];
  return { ...trigger, definition };
}

type Remote = NonNullable<TableMetadata['remote_relationships']>[number];

/** The table's columns in a way to elsewhere: as lists, as keys of a mapping, and as `$column` among arguments. */
function renameInRemote(remote: Remote, renamed: (name: string) => string): Remote {
  const inside = (key: string, value: Json): Json => {
    if (key === 'lhs_fields' || key === 'hasura_fields') return mapText(value, renamed);
    if (key === 'remote_field')
      return mapText(value, text => text.replace(/^\$(.*)$/s, (_, name: string) => `$${renamed(name)}`));
    if (!isJsonObject(value)) return value;
    if (key !== 'field_mapping') return members(value, inside);
    return Object.fromEntries(Object.entries(value).map(([name, theirs]) => [renamed(name), theirs]));
  };
  return members(remote as unknown as JsonObject, inside) as unknown as Remote;
}

const members = (value: JsonObject, change: (key: string, value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(key, one)]));

/** Every text in a value, but for the names of its members. */
function mapText(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(one => mapText(one as Json, change));
  return isJsonObject(value) ? members(value, (_, one) => mapText(one, change)) : value;
}
