import { empty, ident, join, nest, sql, type Sql } from '@nself/pg-sql';
import type {
  Assignment,
  BoolExp,
  Cell,
  ConflictUpdate,
  Delete,
  Insert,
  OnConflict,
  Step,
  TableSource,
  Update,
} from '../../ir';
import { compileBool, compileConditions } from '../bool-exp';
import type { Compilation, Scope } from '../compilation';
import { compileParam } from '../value';
import { refuse } from './refusal';
import { keptColumn } from './written';

type Change = Step['change'];

/** Which columns of the written rows a statement goes on with, in terms of the written row. */
export type Returning = (row: Scope) => readonly Sql[];

/**
 * `insert`, `update` or `delete` with what it returns. The permission's check stands last in `returning`: it is
 * evaluated for every written row, and refuses there.
 */
export function compileChange(change: Change, returning: Returning, compilation: Compilation): Sql {
  const row = compilation.scope(target(change).name);
  const check = compileCheck(change, row, compilation);
  const columns = [...returning(row), ...check];
  const tail = sql`returning ${join(columns.length > 0 ? columns : [sql`1`], ', ')}`;
  return join([...compileClauses(change, row, compilation), tail], '\n');
}

export function target(change: Change): TableSource {
  return change.kind === 'insert' ? change.into : change.kind === 'update' ? change.table : change.from;
}

function compileClauses(change: Change, row: Scope, compilation: Compilation): readonly Sql[] {
  switch (change.kind) {
    case 'insert':
      return compileInsert(change, row, compilation);
    case 'update':
      return compileUpdate(change, row, compilation);
    case 'delete':
      return compileDelete(change, row, compilation);
  }
}

function compileInsert(
  { into, columns, rows, onConflict }: Insert,
  row: Scope,
  compilation: Compilation,
): readonly Sql[] {
  const values = rows.map(cells => sql`(${join(cells.map(compileCell), ', ')})`);
  return [
    sql`insert into ${compilation.readsTable(into.schema, into.name)} as ${row.self} (${names(columns)})`,
    sql`values ${join(values, ', ')}`,
    onConflict ? conflict(onConflict, row, compilation) : empty,
  ];
}

function conflict({ constraint, update }: OnConflict, row: Scope, compilation: Compilation): Sql {
  if (constraint === undefined) return sql`on conflict do nothing`;
  return sql`on conflict on constraint ${ident(constraint)} ${action(update, row, compilation)}`;
}

function compileCell(cell: Cell): Sql {
  switch (cell.kind) {
    case 'param':
      return compileParam(cell);
    case 'default':
      return sql`default`;
    case 'kept':
      return keptColumn(cell);
  }
}

function action(update: ConflictUpdate | undefined, row: Scope, compilation: Compilation): Sql {
  if (!update) return sql`do nothing`;
  const inserted = update.columns.map(column => sql`${ident(column)} = excluded.${ident(column)}`);
  const preset = update.presets.map(one => compileAssignment(one, row));
  const set = sql`do update set ${join([...inserted, ...preset], ', ')}`;
  return join([set, where(update.where, row, compilation)], '\n');
}

function compileUpdate(
  { table, assignments, where: condition }: Update,
  row: Scope,
  compilation: Compilation,
): readonly Sql[] {
  return [
    sql`update ${compilation.readsTable(table.schema, table.name)} as ${row.self}`,
    sql`set ${join(
      assignments.map(one => compileAssignment(one, row)),
      ', ',
    )}`,
    where(condition, row, compilation),
  ];
}

function compileDelete(
  { from, where: condition }: Delete,
  row: Scope,
  compilation: Compilation,
): readonly Sql[] {
  const table = compilation.readsTable(from.schema, from.name);
  return [sql`delete from ${table} as ${row.self}`, where(condition, row, compilation)];
}

function where(condition: BoolExp, row: Scope, compilation: Compilation): Sql {
  const parts = compileConditions(condition, row, compilation);
  return parts.length === 0 ? empty : sql`where ${join(parts, '\nand ')}`;
}

function compileAssignment({ column, operation, value }: Assignment, row: Scope): Sql {
  const old = sql`${row.self}.${ident(column)}`;
  return sql`${ident(column)} = ${spellings[operation](old, compileParam(value))}`;
}

const spellings: Readonly<Record<Assignment['operation'], (old: Sql, value: Sql) => Sql>> = {
  set: (_, value) => value,
  increment: (old, value) => sql`${old} + ${value}`,
  multiply: (old, value) => sql`${old} * ${value}`,
  default: () => sql`default`,
  append: (old, value) => sql`${old} || ${value}`,
  prepend: (old, value) => sql`${value} || ${old}`,
  'delete-key': (old, value) => sql`${old} - ${value}`,
  'delete-element': (old, value) => sql`${old} - ${value}`,
  'delete-at-path': (old, value) => sql`${old} #- ${value}`,
};

/** The name is no column's: a GraphQL engine does not serve columns that are called so. */
const checkColumn = ident('nself:check');

function compileCheck(change: Change, row: Scope, compilation: Compilation): readonly Sql[] {
  if (change.kind === 'delete') return [];
  const fate =
    change.kind === 'insert'
      ? insertCheck(change, row, compilation)
      : verdict(change.check, row, compilation);
  return fate ? [sql`${fate} as ${checkColumn}`] : [];
}

// A row that was there already has been updated, and Postgres marks it as touched before: xmax is not zero.
function insertCheck({ check, onConflict }: Insert, row: Scope, compilation: Compilation): Sql | undefined {
  const updated = onConflict?.update?.check;
  if (!updated) return verdict(check, row, compilation);
  const ofInsert = verdict(check, row, compilation) ?? sql`null::text`;
  const ofUpdate = verdict(updated, row, compilation) ?? sql`null::text`;
  return sql`case when ${row.self}."xmax" = 0 then ${ofInsert} else ${ofUpdate} end`;
}

// What is not true is refused: null is not.
function verdict(check: BoolExp, row: Scope, compilation: Compilation): Sql | undefined {
  if (check.kind === 'constant' && check.value) return undefined;
  return sql`case when ${compileBool(check, row, compilation)} then null else ${refuse('check')} end`;
}

function names(columns: readonly string[]): Sql {
  return join(
    columns.map(column => ident(column)),
    ', ',
  );
}

/** A part of the statement under the name that later parts read it by. */
export function writing(change: Sql, name: Sql): Sql {
  return sql`with ${name} as (${nest(change)})`;
}
