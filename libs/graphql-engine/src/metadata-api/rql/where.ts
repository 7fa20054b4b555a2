import { isObject, type Json, type JsonObject } from '@nself/hasura-metadata';
import { EngineError } from '../../executor';
import { always, and, not, or, type BoolExp } from '../../ir';
import { ModelFault, quoted, type RelationshipModel, type TableModel } from '../../model';
import { parseBoolExp } from '../../permissions';
import { existsTable } from '../dependencies';
import type { Access } from './access';

/**
 * A client's condition. It is written like the filter of a permission, but a client may look only where its role may:
 * at columns that it may select, and over relationships at rows that it may see.
 */
export function whereOf(
  where: JsonObject | undefined,
  table: TableModel,
  access: Access,
  path: string,
): BoolExp {
  if (!where) return always;
  return and(
    ...Object.entries(where).map(([key, value]) => memberOf(key, value, table, access, `${path}.${key}`)),
  );
}

function memberOf(key: string, value: Json, table: TableModel, access: Access, path: string): BoolExp {
  switch (key.replace(/^[$_]/, '')) {
    case 'and':
      return and(...listOf(value, path).map(part => whereOf(part, table, access, path)));
    case 'or':
      return or(...listOf(value, path).map(part => whereOf(part, table, access, path)));
    case 'not':
      return not(whereOf(objectOf(value, path), table, access, path));
    case 'exists':
      return existsOf(objectOf(value, path), access, path);
    default:
      return fieldOf(key, value, table, access, path);
  }
}

function existsOf(value: JsonObject, access: Access, path: string): BoolExp {
  const name = existsTable(value);
  if (!name) throw wrong('unexpected-payload', 'expecting a table in "$exists"', path);
  const where = value['_where'] ?? value['$where'];
  if (where === undefined) throw wrong('unexpected-payload', 'key "_where" not found', path);
  return rowsOf(access.table(name), where, [], access, path);
}

function rowsOf(
  target: TableModel,
  where: Json,
  on: RelationshipModel['columns'],
  access: Access,
  path: string,
): BoolExp {
  const inner = whereOf(objectOf(where, path), target, access, path);
  const from = { kind: 'table', schema: target.schema, name: target.name } as const;
  return { kind: 'exists', from, on, where: access.visibleRows(target, inner), newRoot: true };
}

function fieldOf(key: string, value: Json, table: TableModel, access: Access, path: string): BoolExp {
  const relationship = table.relationships.get(key);
  if (relationship) {
    return rowsOf(access.context.table(relationship.target), value, relationship.columns, access, path);
  }
  const { computedFields, conditions } = access.select(table);
  const field = table.computedFields.get(key);
  if (!field) access.readable(table, key, path);
  else if (field.returns.kind === 'table')
    throw wrong('not-supported', `${quoted(key)} is not a column`, path);
  else if (!computedFields.has(key))
    throw wrong('permission-denied', `no permission on ${quoted(key)}`, path);
  for (const column of comparedColumns(value)) access.readable(table, column, path);
  const condition = conditions?.get(key);
  const comparison = comparisonOf({ [key]: value }, table, access, path);
  return condition ? and(condition, comparison) : comparison;
}

function comparisonOf(comparison: JsonObject, table: TableModel, access: Access, path: string): BoolExp {
  try {
    return parseBoolExp(comparison, table, access.work.model.tables);
  } catch (fault) {
    if (fault instanceof ModelFault) throw wrong('unexpected-payload', fault.message, path);
    throw fault;
  }
}

/** Columns that `$ceq` and its kin compare with; whoever may not select them may not guess them either. */
function comparedColumns(value: Json): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value as JsonObject).flatMap(([operator, operand]) => {
    if (!/^[$_]c(eq|ne|neq|gt|lt|gte|lte)$/.test(operator)) return [];
    const steps: readonly Json[] = Array.isArray(operand) ? (operand as readonly Json[]) : [operand];
    return steps.flatMap(step => (typeof step === 'string' && step !== '$' ? [step] : []));
  });
}

function listOf(value: Json, path: string): JsonObject[] {
  const items: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return items.map(item => objectOf(item, path));
}

function objectOf(value: Json, path: string): JsonObject {
  if (isObject(value)) return value as JsonObject;
  throw wrong('unexpected-payload', 'expecting an object', path);
}

const wrong = (
  code: 'unexpected-payload' | 'not-supported' | 'permission-denied',
  message: string,
  path: string,
) => new EngineError(code, message, { path });
