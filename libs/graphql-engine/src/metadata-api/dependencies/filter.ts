import { isJsonObject, type Json, type JsonObject, type QualifiedName } from '@nself/hasura-metadata';
import { isSessionVariable, tableKey, type Model, type TableModel } from '../../model';
import type { Reference } from './reference';

/** One thing that a permission's filter reads. */
export interface FilterRead {
  readonly on: Reference;
  /** The filter compares the column with a constant: its type matters then. */
  readonly byType: boolean;
}

/** What a filter reads of its table and of tables that it reaches. */
export function filterReads(filter: Json, table: TableModel, model: Model): FilterRead[] {
  if (!isJsonObject(filter)) return [];
  return Object.entries(filter).flatMap(([key, value]) => entryReads(key, value, table, model));
}

function entryReads(key: string, value: Json, table: TableModel, model: Model): FilterRead[] {
  if (/^[_$](and|or)$/.test(key))
    return (Array.isArray(value) ? value : [value]).flatMap(part => filterReads(part as Json, table, model));
  if (/^[_$]not$/.test(key)) return filterReads(value, table, model);
  if (/^[_$]exists$/.test(key)) return existsReads(value, model);
  const relationship = table.relationships.get(key);
  if (relationship) return throughRelationship(key, relationship, value, table, model);
  if (table.columns.has(key))
    return [{ on: { kind: 'column', table, name: key }, byType: hasConstant(value) }];
  if (table.computedFields.has(key))
    return [{ on: { kind: 'computed field', table, name: key }, byType: false }];
  return [];
}

function throughRelationship(
  name: string,
  { columns, target }: { readonly columns: readonly (readonly [string, string])[]; readonly target: string },
  value: Json,
  table: TableModel,
  model: Model,
): FilterRead[] {
  const remote = model.tables.get(target);
  const inner = remote ? filterReads(value, remote, model) : [];
  const joined = columns.map(([mine]): FilterRead => ({
    on: { kind: 'column', table, name: mine },
    byType: false,
  }));
  return [{ on: { kind: 'relationship', table, name }, byType: false }, ...joined, ...inner];
}

function existsReads(value: Json, model: Model): FilterRead[] {
  if (!isJsonObject(value)) return [];
  const name = existsTable(value);
  const table = name && model.tables.get(tableKey(name.schema, name.name));
  if (!name) return [];
  const inner = table ? filterReads(value['_where'] ?? value['$where'] ?? {}, table, model) : [];
  return [{ on: { kind: 'table', table: name }, byType: false }, ...inner];
}

/** The table of an `_exists`, which is written like every table. */
export function existsTable(value: JsonObject): QualifiedName | undefined {
  const given = value['_table'] ?? value['$table'];
  if (typeof given === 'string') return { schema: 'public', name: given };
  if (!isJsonObject(given) || typeof given['name'] !== 'string') return undefined;
  const { schema } = given;
  return { schema: typeof schema === 'string' ? schema : 'public', name: given['name'] };
}

const hasConstant = (value: Json): boolean => {
  if (isJsonObject(value)) return Object.values(value).some(hasConstant);
  if (Array.isArray(value)) return value.some(item => hasConstant(item as Json));
  return !isSessionVariable(value);
};
