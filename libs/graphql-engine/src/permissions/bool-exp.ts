import { isJsonObject, type Json, type JsonObject } from '@nself/hasura-metadata';
import { and, not, or, type BoolExp, type Operand, type RowSource } from '../ir';
import { ModelFault, tableKey, type ComputedFieldModel, type TableKey, type TableModel } from '../model';
import { callOf, refuse } from './read';
import { parseComparison } from './comparison';

type Tables = ReadonlyMap<TableKey, TableModel>;

/**
 * A permission's filter (or check) as IR. Operators may be written with `$` or `_`. Relationships in it reach every
 * row of the other table: it is the admin's condition, so the permissions of that table do not narrow it.
 * Throws `ModelFault` for what does not fit the table.
 */
export function parseBoolExp(filter: JsonObject, table: TableModel, tables: Tables): BoolExp {
  return and(...Object.entries(filter).map(([key, value]) => parseMember(key, value, table, tables)));
}

function parseMember(key: string, value: Json, table: TableModel, tables: Tables): BoolExp {
  switch (key) {
    case '$and':
    case '_and':
      return and(...parts(value, table, tables));
    case '$or':
    case '_or':
      return or(...parts(value, table, tables));
    case '$not':
    case '_not':
      return not(parseBoolExp(asObject(key, value), table, tables));
    case '$exists':
    case '_exists':
      return parseExists(asObject(key, value), tables);
    default:
      return parseField(key, value, table, tables);
  }
}

function parts(value: Json, table: TableModel, tables: Tables): readonly BoolExp[] {
  const all = Array.isArray(value) ? value : [value];
  return all.map(part => parseBoolExp(asObject('_and', part), table, tables));
}

function parseExists(value: JsonObject, tables: Tables): BoolExp {
  const inner = tables.get(keyOf(value._table ?? null));
  if (!inner) throw new ModelFault(`table ${JSON.stringify(value._table)} does not exist`);
  const where = parseBoolExp(asObject('_where', value._where ?? {}), inner, tables);
  return { kind: 'exists', from: sourceOf(inner), on: [], where, newRoot: false };
}

function keyOf(table: Json): TableKey {
  if (typeof table === 'string') return tableKey('public', table);
  if (!isJsonObject(table) || typeof table.name !== 'string') throw new ModelFault('expected a table name');
  return tableKey(typeof table.schema === 'string' ? table.schema : 'public', table.name);
}

const sourceOf = ({ schema, name }: TableModel): RowSource => ({ kind: 'table', schema, name });

function parseField(name: string, value: Json, table: TableModel, tables: Tables): BoolExp {
  const column = table.columns.get(name);
  if (column) return parseComparison({ kind: 'column', column: name, type: column.type }, value, table);
  const relationship = table.relationships.get(name);
  if (relationship) {
    const target = tables.get(relationship.target);
    if (!target) throw new ModelFault(`table "${relationship.target}" does not exist`);
    const where = parseBoolExp(asObject(name, value), target, tables);
    return { kind: 'exists', from: sourceOf(target), on: relationship.columns, where, newRoot: false };
  }
  const computed = table.computedFields.get(name);
  return computed ? parseComputed(computed, value, table, tables) : refuse(name, table);
}

function parseComputed(field: ComputedFieldModel, value: Json, table: TableModel, tables: Tables): BoolExp {
  const call = callOf(field);
  if (field.returns.kind === 'scalar') {
    const operand: Operand = { kind: 'computed', call, type: field.returns.type };
    return parseComparison(operand, value, table);
  }
  const target = tables.get(field.returns.table);
  if (!target) throw new ModelFault(`table "${field.returns.table}" does not exist`);
  const where = parseBoolExp(asObject(field.name, value), target, tables);
  return { kind: 'exists', from: { kind: 'function', ...call }, on: [], where, newRoot: false };
}

function asObject(name: string, value: Json): JsonObject {
  if (isJsonObject(value)) return value;
  throw new ModelFault(`expecting an object for "${name}"`);
}
