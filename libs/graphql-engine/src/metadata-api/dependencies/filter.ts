import { isJsonObject, type Json, type JsonObject, type QualifiedName } from '@nself/hasura-metadata';
import {
  isSessionVariable,
  tableKey,
  type Model,
  type RelationshipModel,
  type TableModel,
} from '../../model';
import type { Reference } from './reference';

/** One thing that a permission's filter reads. */
export interface FilterRead {
  readonly on: Reference;
  /** The filter compares the column with a constant: its type matters then. */
  readonly byType: boolean;
}

/** What a filter reads of its table and of tables that it reaches. */
export function filterReads(filter: Json, table: TableModel, model: Model, root = table): FilterRead[] {
  if (!isJsonObject(filter)) return [];
  return Object.entries(filter).flatMap(([key, value]) => entryReads(key, value, table, root, model));
}

function entryReads(
  key: string,
  value: Json,
  table: TableModel,
  root: TableModel,
  model: Model,
): FilterRead[] {
  if (/^[_$](and|or|not)$/.test(key))
    return (Array.isArray(value) ? value : [value]).flatMap(part =>
      filterReads(part as Json, table, model, root),
    );
  if (/^[_$]exists$/.test(key)) return existsReads(value, root, model);
  const relationship = table.relationships.get(key);
  if (relationship) return throughRelationship(relationship, value, table, root, model);
  if (table.columns.has(key)) {
    const column = { kind: 'column', table, name: key } as const;
    return [{ on: column, byType: hasConstant(value) }, ...comparedColumns(value, table, root)];
  }
  if (!table.computedFields.has(key)) return [];
  const remote = reached(table, key, model);
  const inner = remote ? filterReads(value, remote, model, root) : comparedColumns(value, table, root);
  return [{ on: { kind: 'computed field', table, name: key }, byType: false }, ...inner];
}

/** The table at the end of a relationship, or the one whose rows a computed field gives. */
export function reached(table: TableModel, key: string, model: Model): TableModel | undefined {
  const returns = table.computedFields.get(key)?.returns;
  const target =
    table.relationships.get(key)?.target ?? (returns?.kind === 'table' ? returns.table : undefined);
  return target === undefined ? undefined : model.tables.get(target);
}

/** `_ceq` and its kin compare with a column. */
export const isColumnOperator = (operator: string): boolean =>
  /^[_$]c(eq|ne|neq|gt|lt|gte|lte)$/.test(operator);

/** Columns that a column is compared with: of the same row, or after `$` of the table whose filter it is. */
function comparedColumns(value: Json, table: TableModel, root: TableModel): FilterRead[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([operator, operand]) => {
    if (!isColumnOperator(operator)) return [];
    const steps = Array.isArray(operand) ? (operand as readonly Json[]) : [operand];
    const of = steps[0] === '$' ? root : table;
    return steps.flatMap((name): FilterRead[] =>
      typeof name === 'string' && name !== '$'
        ? [{ on: { kind: 'column', table: of, name }, byType: false }]
        : [],
    );
  });
}

function throughRelationship(
  { name, columns, target }: RelationshipModel,
  value: Json,
  table: TableModel,
  root: TableModel,
  model: Model,
): FilterRead[] {
  const remote = model.tables.get(target);
  const inner = remote ? filterReads(value, remote, model, root) : [];
  const joined = columns.map(([mine]): FilterRead => ({
    on: { kind: 'column', table, name: mine },
    byType: false,
  }));
  return [{ on: { kind: 'relationship', table, name }, byType: false }, ...joined, ...inner];
}

function existsReads(value: Json, root: TableModel, model: Model): FilterRead[] {
  if (!isJsonObject(value)) return [];
  const name = existsTable(value);
  const table = name && model.tables.get(tableKey(name.schema, name.name));
  if (!name) return [];
  const inner = table ? filterReads(value['_where'] ?? {}, table, model, root) : [];
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
  if (isJsonObject(value))
    return Object.entries(value).some(([key, inner]) => !isColumnOperator(key) && hasConstant(inner));
  if (Array.isArray(value)) return value.some(item => hasConstant(item as Json));
  return !isSessionVariable(value);
};
