import { empty, indent, int, join, sql, type Sql } from '@nself/pg-sql';
import type { Limit, Operand, OrderBy, Rows } from '../ir';
import { compileConditions } from './bool-exp';
import type { Compilation, Scope } from './compilation';
import { compileOperand } from './operand';
import { compileJoin, compileSource } from './source';
import { compileParam } from './value';

/** `select ... from ... where ... order by ... limit ... offset ...`, clause by clause on lines of their own. */
export function compileRows(
  rows: Rows,
  columns: Sql,
  scope: Scope,
  outer: Scope | undefined,
  compilation: Compilation,
): Sql {
  const from = compileSource(rows.from, scope.self, outer, compilation);
  const where = [
    ...compileJoin(rows.on, scope.self, outer),
    ...compileConditions(rows.where, scope, compilation),
  ];
  const value = writtenOnce(scope, compilation);
  const distinct = rows.distinctOn.map(value);
  const order = orderOf(rows).map(one => directed(one, value(one.by)));
  const limit = compileLimit(rows.limits);
  return join(
    [
      distinct.length === 0
        ? sql`select${indent(columns)}`
        : sql`select distinct on (${join(distinct, ', ')})${indent(columns)}`,
      sql`from ${from}`,
      where.length === 0 ? empty : sql`where ${join(where, '\nand ')}`,
      order.length === 0 ? empty : sql`order by ${join(order, ', ')}`,
      limit ? sql`limit ${limit}` : empty,
      rows.offset ? sql`offset ${compileParam(rows.offset)}` : empty,
    ],
    '\n',
  );
}

// Postgres recognises a distinct expression in the order by how it is written, down to the aliases inside it.
function writtenOnce(scope: Scope, compilation: Compilation): (operand: Operand) => Sql {
  const columns = new Map<string, Sql>();
  return operand => {
    const known = operand.kind === 'column' ? columns.get(operand.column) : undefined;
    const value = known ?? compileOperand(operand, scope, compilation);
    if (operand.kind === 'column') columns.set(operand.column, value);
    return value;
  };
}

// Postgres wants the distinct columns first in the order; the client may give them in another sequence, or not at all.
function orderOf({ distinctOn, orderBy }: Rows): readonly OrderBy[] {
  if (distinctOn.length === 0 || orderBy.length > 0) return orderBy;
  return distinctOn.map(by => ({ by, direction: 'asc', nulls: 'last' }));
}

export function compileOrder(order: OrderBy, scope: Scope, compilation: Compilation): Sql {
  return directed(order, compileOperand(order.by, scope, compilation));
}

function directed({ direction, nulls }: OrderBy, value: Sql): Sql {
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  return sql`${value} ${way} ${nulls === 'first' ? sql`nulls first` : sql`nulls last`}`;
}

/** The smallest of several, as far as they are known; nothing when there is none. */
export function compileLimit(limits: readonly Limit[]): Sql | undefined {
  const known = limits.filter(limit => typeof limit === 'number');
  const params = limits.filter(limit => typeof limit !== 'number').map(compileParam);
  const all = known.length === 0 ? params : [int(Math.min(...known)), ...params];
  return all.length > 1 ? sql`least(${join(all, ', ')})` : all[0];
}
