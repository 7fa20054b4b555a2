import { EngineError } from '../../executor';
import type { Field, FieldValue, Limit, Operand, OrderBy, Select } from '../../ir';
import { quoted, type RelationshipModel, type TableModel } from '../../model';
import { columnOperand, stringified } from '../../schema';
import type { Access } from './access';
import type { Ordering, Selected, Selection } from './shapes';
import { naturalParam } from './values';
import { whereOf } from './where';

/** A selection as IR, with the role's permissions in it. */
export function selectNode(selection: Selection, table: TableModel, access: Access): Select {
  return { ...rows(selection, table, access, '$.args'), kind: 'select', on: [], cardinality: 'many' };
}

function rows(
  { columns, where, order_by = [], limit, offset }: Selection,
  table: TableModel,
  access: Access,
  path: string,
): Omit<Select, 'kind' | 'on' | 'cardinality'> {
  const permission = access.select(table);
  const fields = columns.flatMap((column, i) => fieldsOf(column, table, access, `${path}.columns[${i}]`));
  const limits: Limit[] = permission.limit === undefined ? [] : [permission.limit];
  if (limit !== undefined) limits.push(naturalParam(limit, `${path}.limit`));
  return {
    from: { kind: 'table', schema: table.schema, name: table.name },
    where: access.visibleRows(table, whereOf(where, table, access, `${path}.where`)),
    orderBy: order_by.map((order, i) => orderOf(order, table, access, `${path}.order_by[${i}]`)),
    distinctOn: [],
    limits,
    ...(offset !== undefined && { offset: naturalParam(offset, `${path}.offset`) }),
    fields,
  };
}

function fieldsOf(selected: Selected, table: TableModel, access: Access, path: string): Field[] {
  if (selected === '*') {
    return [...table.columns.keys()]
      .filter(name => access.select(table).columns.has(name))
      .map(name => ({ alias: name, value: columnValue(name, table, access, path) }));
  }
  if (typeof selected === 'string')
    return [{ alias: selected, value: columnValue(selected, table, access, path) }];
  const relationship = relationshipOf(selected.name, table, path);
  return [{ alias: selected.alias ?? selected.name, value: related(selected, relationship, access, path) }];
}

/** A column as the role may read it; also what mutations return. */
export function columnValue(name: string, table: TableModel, access: Access, path: string): FieldValue {
  const column = access.readable(table, name, path);
  const operand = columnOperand({ table, permission: access.select(table) }, column);
  return { kind: 'scalar', operand, stringify: stringified(access.context, column.type) };
}

function relationshipOf(name: string, table: TableModel, path: string): RelationshipModel {
  const relationship = table.relationships.get(name);
  if (relationship) return relationship;
  const known = table.columns.has(name);
  const message = known ? `${quoted(name)} should be a relationship` : `${quoted(name)} does not exist`;
  throw new EngineError(known ? 'unexpected-payload' : 'not-exists', message, { path });
}

function related(
  selection: Selection,
  relationship: RelationshipModel,
  access: Access,
  path: string,
): FieldValue {
  const target = access.context.table(relationship.target);
  if (!access.context.select(target)) {
    const what = `role ${quoted(access.role)} does not have permission to read relationship ${quoted(relationship.name)}`;
    throw new EngineError('permission-denied', what, { path });
  }
  const cardinality = relationship.kind === 'object' ? 'one' : 'many';
  const inner = rows(selection, target, access, path);
  return { kind: 'nested', rows: { ...inner, kind: 'select', on: relationship.columns, cardinality } };
}

function orderOf(
  { column, direction, nulls }: Ordering,
  table: TableModel,
  access: Access,
  path: string,
): OrderBy {
  const by = orderKey(column, table, access, path);
  return { by, direction, nulls: nulls ?? (direction === 'asc' ? 'last' : 'first') };
}

function orderKey(
  [name = '', ...rest]: readonly string[],
  table: TableModel,
  access: Access,
  path: string,
): Operand {
  if (rest.length === 0) {
    if (table.relationships.has(name))
      throw unordered(`${quoted(name)} is a relationship and should be expanded`, path);
    const column = access.readable(table, name, path);
    return columnOperand({ table, permission: access.select(table) }, column);
  }
  if (table.columns.has(name))
    throw unordered(`${quoted(name)} is a Postgres column and cannot be chained further`, path);
  const relationship = relationshipOf(name, table, path);
  if (relationship.kind === 'array')
    throw unordered(`${quoted(name)} is an array relationship and can't be used in 'order_by'`, path);
  const target = access.context.table(relationship.target);
  const operand = orderKey(rest, target, access, path);
  return {
    kind: 'related',
    from: { kind: 'table', schema: target.schema, name: target.name },
    on: relationship.columns,
    where: access.visibleRows(target),
    operand,
    type: operand.type,
  };
}

const unordered = (message: string, path: string) => new EngineError('unexpected-payload', message, { path });
