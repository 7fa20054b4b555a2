import { isJsonObject, type Json, type JsonObject } from '@nself/hasura-metadata';
import { and, not, or, type BoolExp, type Operand, type RowSource } from '../ir';
import { ModelFault, tableKey, type ComputedFieldModel, type TableKey, type TableModel } from '../model';
import { callOf, refuse } from './read';
import { parseComparison, type Columns } from './comparison';

type Tables = ReadonlyMap<TableKey, TableModel>;

/** The table that a part of a filter speaks of, and the one whose filter it is. */
interface Place extends Columns {
  readonly tables: Tables;
}

/**
 * A permission's filter (or check) as IR. Operators may be written with `$` or `_`. Relationships in it reach every
 * row of the other table: it is the admin's condition, so the permissions of that table do not narrow it.
 * Throws `ModelFault` for what does not fit the table.
 */
export function parseBoolExp(filter: JsonObject, table: TableModel, tables: Tables): BoolExp {
  return parseAll(filter, { self: table, root: table, tables });
}

function parseAll(filter: JsonObject, place: Place): BoolExp {
  return and(...Object.entries(filter).map(([key, value]) => parseMember(key, value, place)));
}

function parseMember(key: string, value: Json, place: Place): BoolExp {
  switch (key) {
    case '$and':
    case '_and':
      return and(...parts(value, place));
    case '$or':
    case '_or':
      return or(...parts(value, place));
    case '$not':
    case '_not':
      return not(parseAll(asObject(key, value), place));
    case '$exists':
    case '_exists':
      return parseExists(asObject(key, value), place);
    default:
      return parseField(key, value, place);
  }
}

function parts(value: Json, place: Place): readonly BoolExp[] {
  const all = Array.isArray(value) ? value : [value];
  return all.map(part => parseAll(asObject('_and', part), place));
}

/** A condition that was forgotten, or misspelt, would let everything through. */
function parseExists(value: JsonObject, place: Place): BoolExp {
  const inner = place.tables.get(keyOf(value._table ?? null));
  if (!inner) throw new ModelFault(`table ${JSON.stringify(value._table)} does not exist`);
  if (value._where === undefined) throw new ModelFault('key "_where" not found');
  const where = parseAll(asObject('_where', value._where), { ...place, self: inner });
  return { kind: 'exists', from: sourceOf(inner), on: [], where, newRoot: false };
}

function keyOf(table: Json): TableKey {
  if (typeof table === 'string') return tableKey('public', table);
  if (!isJsonObject(table) || typeof table.name !== 'string') throw new ModelFault('expected a table name');
  return tableKey(typeof table.schema === 'string' ? table.schema : 'public', table.name);
}

const sourceOf = ({ schema, name }: TableModel): RowSource => ({ kind: 'table', schema, name });

function parseField(name: string, value: Json, place: Place): BoolExp {
  const { self, tables } = place;
  const column = self.columns.get(name);
  if (column) return parseComparison({ kind: 'column', column: name, type: column.type }, value, place);
  const relationship = self.relationships.get(name);
  if (relationship) {
    const target = tables.get(relationship.target);
    if (!target) throw new ModelFault(`table "${relationship.target}" does not exist`);
    const where = parseAll(asObject(name, value), { ...place, self: target });
    return { kind: 'exists', from: sourceOf(target), on: relationship.columns, where, newRoot: false };
  }
  const computed = self.computedFields.get(name);
  return computed ? parseComputed(computed, value, place) : refuse(name, self);
}

function parseComputed(field: ComputedFieldModel, value: Json, place: Place): BoolExp {
  const call = callOf(field);
  if (field.returns.kind === 'scalar') {
    const operand: Operand = { kind: 'computed', call, type: field.returns.type };
    return parseComparison(operand, value, place);
  }
  const target = place.tables.get(field.returns.table);
  if (!target) throw new ModelFault(`table "${field.returns.table}" does not exist`);
  const where = parseAll(asObject(field.name, value), { ...place, self: target });
  return { kind: 'exists', from: { kind: 'function', ...call }, on: [], where, newRoot: false };
}

function asObject(name: string, value: Json): JsonObject {
  if (isJsonObject(value)) return value;
  throw new ModelFault(`expecting an object for "${name}"`);
}
