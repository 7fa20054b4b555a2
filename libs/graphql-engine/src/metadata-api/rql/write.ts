import type { Json, JsonObject } from '@nself/hasura-metadata';
import { EngineError } from '../../executor';
import {
  always,
  and,
  type Assignment,
  type AssignmentOperation,
  type Cell,
  type Delete,
  type Insert,
  type Mutation,
  type OnConflict,
  type ResponseItem,
  type TableSource,
  type Update,
} from '../../ir';
import { quoted, type Preset, type TableModel } from '../../model';
import { defaultCell, keeping, presetAssignments, presetParams, writableColumns } from '../../schema';
import type { Access } from './access';
import { columnValue } from './select';
import type { deleting, Inserting, Updating } from './shapes';
import { columnParam } from './values';
import { whereOf } from './where';

const sourceOf = ({ schema, name }: TableModel): TableSource => ({ kind: 'table', schema, name });

type Returning = '*' | readonly string[] | undefined;

function mutation(
  change: Insert | Update | Delete,
  table: TableModel,
  items: readonly ResponseItem[],
): Mutation {
  const step = { change, path: '$.args', keep: keeping(table, { rows: true }) };
  return { kind: 'mutation', table: sourceOf(table), steps: [step], answer: { kind: 'response', items } };
}

function response(returning: Returning, table: TableModel, access: Access): ResponseItem[] {
  const count: ResponseItem = { alias: 'affected_rows', kind: 'affected-rows' };
  if (returning === undefined) return [count];
  const { columns } = access.select(table);
  const names = returning === '*' ? [...table.columns.keys()].filter(name => columns.has(name)) : returning;
  const fields = names.map(name => ({
    alias: name,
    value: columnValue(name, table, access, '$.args.returning'),
  }));
  return [count, { alias: 'returning', kind: 'returning', fields }];
}

/** @throws EngineError when the role may not write the column, or a preset writes it already */
function refuseUnwritable(
  name: string,
  table: TableModel,
  access: Access,
  verb: 'insert' | 'update',
  permission: { readonly columns: ReadonlySet<string>; readonly set: ReadonlyMap<string, Preset> },
  path: string,
): void {
  if (permission.set.has(name)) {
    const what = `column ${quoted(name)} is not ${verb === 'insert' ? 'insertable' : 'updatable'}`;
    const why = `for role ${quoted(access.role)}; its value is predefined in permission`;
    throw new EngineError('not-supported', `${what} ${why}`, { path });
  }
  access.column(table, name, permission.columns, verb, path);
}

export function insertNode(given: Inserting, table: TableModel, access: Access): Mutation {
  const permission = access.insert(table);
  const items = response(given.returning, table, access);
  const presets = presetParams(table, permission.set);
  const rows = given.objects.map((object, i) => {
    const path = `$.args.objects[${i}]`;
    const cells = Object.entries(object).map(([name, value]): [string, Cell] => {
      refuseUnwritable(name, table, access, 'insert', permission, path);
      return [name, cellOf(name, value, table, path)];
    });
    return new Map<string, Cell>([...cells, ...presets]);
  });
  const columns = writtenColumns(table, rows);
  const onConflict = conflictOf(given, columns, table, access);
  const change: Insert = {
    kind: 'insert',
    into: sourceOf(table),
    columns,
    rows: rows.map(row => columns.map(column => row.get(column) ?? defaultCell)),
    check: permission.check,
    ...(onConflict && { onConflict }),
  };
  return mutation(change, table, items);
}

function cellOf(name: string, value: Json, table: TableModel, path: string): Cell {
  const column = table.columns.get(name);
  return column ? columnParam(column, value, `${path}.${name}`) : defaultCell;
}

/** Rows that say nothing still need one column to say it about. */
function writtenColumns(table: TableModel, rows: readonly ReadonlyMap<string, Cell>[]): readonly string[] {
  const all = [...table.columns.keys()];
  const written = all.filter(column => rows.some(row => row.has(column)));
  return written.length > 0 ? written : all.slice(0, 1);
}

function conflictOf(
  { on_conflict: given }: Inserting,
  columns: readonly string[],
  table: TableModel,
  access: Access,
): OnConflict | undefined {
  if (!given) return undefined;
  const constraint = constraintOf(given, table);
  if (given.action === 'ignore') return { ...(constraint !== undefined && { constraint }) };
  if (constraint === undefined) {
    const what = 'Expecting "constraint" or "constraint_on" when the "action" is "update"';
    throw new EngineError('unexpected-payload', what, { path: '$.args.on_conflict' });
  }
  const permission = access.update(table);
  const writable = new Set(writableColumns(table, permission.columns).map(({ name }) => name));
  const update = {
    columns: columns.filter(name => writable.has(name)),
    presets: presetAssignments(table, permission.set),
    where: permission.filter,
    ...(permission.check && { check: permission.check }),
  };
  return { constraint, ...(update.columns.length + update.presets.length > 0 && { update }) };
}

type Conflict = NonNullable<Inserting['on_conflict']>;

function constraintOf({ constraint, constraint_on: on }: Conflict, table: TableModel): string | undefined {
  if (on === undefined) {
    if (constraint === undefined || table.uniques.some(({ name }) => name === constraint)) return constraint;
    const what = `constraint ${quoted(constraint)} for table ${quoted(table.name)} does not exist`;
    throw new EngineError('unexpected-payload', what, { path: '$.args.on_conflict.constraint' });
  }
  if (constraint !== undefined) {
    const what = '"constraint" and "constraint_on" cannot be set at a time';
    throw new EngineError('unexpected-payload', what, { path: '$.args.on_conflict' });
  }
  const names = typeof on === 'string' ? [on] : on;
  names.forEach((name, i) => requireColumn(name, table, `$.args.on_conflict.constraint_on[${i}]`));
  const found = table.uniques.find(
    ({ columns, constraint: named }) =>
      named && columns.length === names.length && columns.every(column => names.includes(column)),
  );
  if (found) return found.name;
  const message = 'there is no unique or exclusion constraint on target column(s)';
  throw new EngineError('constraint-error', message, { path: '$.args.on_conflict.constraint_on' });
}

function requireColumn(name: string, table: TableModel, path: string): void {
  if (table.columns.has(name)) return;
  throw new EngineError('not-exists', `column ${quoted(name)} does not exist`, { path });
}

const operators: readonly (readonly ['$set' | '$inc' | '$mul', AssignmentOperation])[] = [
  ['$set', 'set'],
  ['$inc', 'increment'],
  ['$mul', 'multiply'],
];

export function updateNode(given: Updating, table: TableModel, access: Access): Mutation {
  const permission = access.update(table);
  const where = whereOf(given.where, table, access, '$.args.where');
  const operands = operators.flatMap(([key, operation]) =>
    assignmentsOf(given[key], operation, table, access, `$.args["${key}"]`),
  );
  const forgotten = Object.fromEntries((given.$default ?? []).map(name => [name, null]));
  const defaults = assignmentsOf(forgotten, 'default', table, access, '$.args["$default"]');
  const assignments = [...operands, ...defaults, ...presetAssignments(table, permission.set)];
  if (assignments.length === 0) {
    const what = 'atleast one of $set, $inc, $mul has to be present';
    throw new EngineError('unexpected-payload', what, { path: '$.args' });
  }
  const items = response(given.returning, table, access);
  const change: Update = {
    kind: 'update',
    table: sourceOf(table),
    assignments,
    where: and(permission.filter, access.select(table).filter, where),
    check: permission.check ?? always,
  };
  return mutation(change, table, items);
}

function assignmentsOf(
  values: JsonObject | undefined,
  operation: AssignmentOperation,
  table: TableModel,
  access: Access,
  path: string,
): Assignment[] {
  return Object.entries(values ?? {}).flatMap(([name, value]) => {
    refuseUnwritable(name, table, access, 'update', access.update(table), path);
    const column = table.columns.get(name);
    return column ? [{ column: name, operation, value: columnParam(column, value, `${path}.${name}`) }] : [];
  });
}

export function deleteNode(given: ReturnType<typeof deleting>, table: TableModel, access: Access): Mutation {
  const permission = access.delete(table);
  const where = whereOf(given.where, table, access, '$.args.where');
  const items = response(given.returning, table, access);
  const change: Delete = {
    kind: 'delete',
    from: sourceOf(table),
    where: and(permission.filter, access.select(table).filter, where),
  };
  return mutation(change, table, items);
}
