import { permissionOf, relationOf, tables, type Row, type Scalar, type Table } from '../domain';
import type { Direction, Field, ListArguments, Order, Sum } from '../request';
import { counted, isVisible, meets, objectOf, related, valueOf, type View } from './condition';
import { rowsOf } from './state';

export type Answer = Scalar | readonly Answer[] | { readonly [alias: string]: Answer };

/** Rows of a table that the role may see. */
export function visibleRows(table: Table, view: View): readonly Row[] {
  return rowsOf(view.state, table.name).filter(row => isVisible(table, row, view));
}

/** `where`, `order_by`, `distinct_on`, `offset` and `limit`, in the order in which SQL has them. */
export function arranged(
  rows: readonly Row[],
  table: Table,
  args: ListArguments,
  view: View,
): readonly Row[] {
  const { where, orderBy, distinctOn, offset = 0, limit = Infinity } = args;
  const met = where ? rows.filter(row => meets(where, table, row, view, 'client') === true) : rows;
  const sorted = [...met].sort((a, b) => comparing(orderBy, table, a, b, view));
  return distinct(sorted, table, distinctOn, view).slice(offset, offset + limit);
}

function distinct(
  rows: readonly Row[],
  table: Table,
  columns: readonly string[] | undefined,
  view: View,
): readonly Row[] {
  if (!columns) return rows;
  const seen = new Set<string>();
  return rows.filter(row => {
    const mark = JSON.stringify(columns.map(name => valueOf(table, name, row, view)));
    return seen.has(mark) ? false : seen.add(mark);
  });
}

function comparing(orders: readonly Order[], table: Table, a: Row, b: Row, view: View): number {
  for (const order of orders) {
    const found = compareValues(
      orderValue(order, table, a, view),
      orderValue(order, table, b, view),
      order.direction,
    );
    if (found !== 0) return found;
  }
  return 0;
}

function orderValue({ path, count }: Order, table: Table, row: Row, view: View): Scalar {
  const [name = '', ...rest] = path;
  if (rest.length === 0 && count) return related(relationOf(table, name), row, view).length;
  if (rest.length === 0) return valueOf(table, name, row, view);
  const object = objectOf(table, name, row, view);
  return object
    ? orderValue({ path: rest, direction: 'asc' }, tables[relationOf(table, name).target], object, view)
    : null;
}

function compareValues(a: Scalar, b: Scalar, direction: Direction): number {
  const way = direction.startsWith('desc') ? -1 : 1;
  const nullsFirst = direction.endsWith('first') || direction === 'desc';
  if (a === b) return 0;
  if (a === null) return nullsFirst ? -1 : 1;
  if (b === null) return nullsFirst ? 1 : -1;
  return a < b ? -way : way;
}

/** What is selected of a row, under the aliases that the printer gives. */
export function shown(fields: readonly Field[], table: Table, row: Row, view: View): Answer {
  return Object.fromEntries(fields.map((field, at) => [`f${at}`, fieldOf(field, table, row, view)]));
}

function fieldOf(field: Field, table: Table, row: Row, view: View): Answer {
  if (field.kind === 'column') return valueOf(table, field.name, row, view);
  const target = tables[relationOf(table, field.name).target];
  if (field.kind === 'object') {
    const object = objectOf(table, field.name, row, view);
    return object ? shown(field.fields, target, object, view) : null;
  }
  const rows = arranged(related(relationOf(table, field.name), row, view), target, field.args, view);
  return field.kind === 'array'
    ? rows.map(one => shown(field.fields, target, one, view))
    : { aggregate: summed(field.sums, target, rows, view) };
}

export function summed(sums: readonly Sum[], table: Table, rows: readonly Row[], view: View): Answer {
  return Object.fromEntries(sums.map((sum, at) => [`s${at}`, sumOf(sum, table, rows, view)]));
}

function sumOf(sum: Sum, table: Table, rows: readonly Row[], view: View): Answer {
  if (sum.kind === 'count') return counted(rows, table, sum, view);
  const values = rows.map(row => valueOf(table, sum.column, row, view)).filter(value => value !== null);
  return { v: values.length === 0 ? null : folded(sum.kind, values) };
}

function folded(kind: 'max' | 'min' | 'sum', values: readonly NonNullable<Scalar>[]): Scalar {
  if (kind === 'sum') return values.reduce<number>((sum, value) => sum + Number(value), 0);
  return values.reduce((best, value) => ((kind === 'max' ? value > best : value < best) ? value : best));
}

export function mayAggregate(role: string, table: Table): boolean {
  return permissionOf(role, table).select?.aggregates ?? false;
}
