import {
  columnOf,
  ME,
  permissionOf,
  relationOf,
  tables,
  type Condition,
  type Json,
  type Relation,
  type Row,
  type Scalar,
  type Table,
} from '../domain';
import { rowsOf, type State } from './state';

/** SQL's third truth value is null. */
export type Truth = boolean | null;

export interface View {
  readonly state: State;
  readonly user: number;
  readonly role: string;
}

export const and = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true;
export const or = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(null) ? null : false;
export const not = (truth: Truth): Truth => (truth === null ? null : !truth);

type Whose = 'client' | 'permission';

/**
 * Whether a row meets a condition. A client's condition reaches only related rows that the role may see; a permission's
 * own reaches all of them, and may compare with the row that it is about (`$`).
 */
export function meets(
  condition: Condition,
  table: Table,
  row: Row,
  view: View,
  whose: Whose,
  root = row,
): Truth {
  const at: Place = { table, row, view, whose, root };
  return and(Object.entries(condition).map(([key, value]) => member(key, value, at)));
}

interface Place {
  readonly table: Table;
  readonly row: Row;
  readonly view: View;
  readonly whose: Whose;
  readonly root: Row;
}

function member(key: string, value: Json, at: Place): Truth {
  const { table, row, view, whose, root } = at;
  const inner = (one: Json) => meets(one as Condition, table, row, view, whose, root);
  if (key === '_and') return and((value as readonly Json[]).map(inner));
  if (key === '_or') return or((value as readonly Json[]).map(inner));
  if (key === '_not') return not(inner(value));
  if (key.endsWith('_aggregate')) return counts(key.replace('_aggregate', ''), value as CountPredicate, at);
  const relation = table.relations.find(({ name }) => name === key);
  if (!relation) return comparisons(value as Condition, at, key);
  const target = tables[relation.target];
  const rows = related(relation, row, view, whose);
  return rows.some(one => meets(value as Condition, target, one, view, whose, root) === true);
}

type CountPredicate = {
  readonly count: {
    readonly predicate: Condition;
    readonly filter?: Condition;
    readonly arguments?: readonly string[];
    readonly distinct?: boolean;
  };
};

/** How many related rows there are, compared. */
function counts(name: string, { count }: CountPredicate, { table, row, view }: Place): Truth {
  const relation = relationOf(table, name);
  const target = tables[relation.target];
  const { filter, arguments: columns = [], distinct = false, predicate } = count;
  const rows = related(relation, row, view).filter(
    one => !filter || meets(filter, target, one, view, 'client') === true,
  );
  const found = counted(rows, target, { columns, distinct }, view);
  return and(
    Object.entries(predicate).map(([operator, right]) => compare(operator, found, right, view.user)),
  );
}

// Of several columns Postgres counts records, which are never null; of one column it counts what is not null.
export function counted(
  rows: readonly Row[],
  table: Table,
  { columns, distinct }: { readonly columns: readonly string[]; readonly distinct: boolean },
  view: View,
): number {
  if (columns.length === 0) return rows.length;
  const values = rows.map(row => columns.map(name => valueOf(table, name, row, view)));
  const counting = columns.length === 1 ? values.filter(([value]) => value !== null) : values;
  return distinct ? new Set(counting.map(value => JSON.stringify(value))).size : counting.length;
}

/** Rows that belong to a row. */
export function related(
  relation: Relation,
  row: Row,
  view: View,
  whose: 'client' | 'permission' = 'client',
): readonly Row[] {
  const target = tables[relation.target];
  const from = row[relation.from] ?? null;
  const rows = rowsOf(view.state, relation.target).filter(one => from !== null && one[relation.to] === from);
  return whose === 'permission' ? rows : rows.filter(one => isVisible(target, one, view));
}

export function isVisible(table: Table, row: Row, view: View): boolean {
  const filter = permissionOf(view.role, table).select?.filter;
  return filter !== undefined && meets(filter, table, row, view, 'permission') === true;
}

/** A column or scalar computed field of a row, as the role may see it. */
export function valueOf(table: Table, name: string, row: Row, view: View): Scalar {
  const when = permissionOf(view.role, table).select?.when?.[name];
  return when && meets(when, table, row, view, 'permission') !== true ? null : rawValue(table, name, row);
}

function rawValue(table: Table, name: string, row: Row): Scalar {
  const { computed } = columnOf(table, name);
  return computed ? computed(row) : (row[name] ?? null);
}

export function objectOf(table: Table, name: string, row: Row, view: View): Row | undefined {
  return related(relationOf(table, name), row, view)[0];
}

function comparisons(all: Condition, { table, row, view, whose, root }: Place, name: string): Truth {
  const left = whose === 'client' ? valueOf(table, name, row, view) : rawValue(table, name, row);
  const rights = Object.entries(all).map(([operator, right]): readonly [string, Json] => {
    if (!operator.startsWith('_c')) return [operator, right];
    const other = Array.isArray(right) ? root[String(right[1])] : row[String(right)];
    return [operator.replace('_c', '_'), other ?? null];
  });
  return and(rights.map(([operator, right]) => compare(operator, left, right, view.user)));
}

function compare(operator: string, left: Scalar, given: Json, user: number): Truth {
  const right = given === ME ? user : given;
  if (operator === '_is_null') return (left === null) === right;
  if (operator === '_in')
    return or((right as readonly Scalar[]).map(one => (left === null ? null : left === one)));
  if (operator === '_nin')
    return not(or((right as readonly Scalar[]).map(one => (left === null ? null : left === one))));
  if (left === null || right === null) return null;
  return ordered(operator, left, right as NonNullable<Scalar>);
}

function ordered(operator: string, left: NonNullable<Scalar>, right: NonNullable<Scalar>): boolean {
  switch (operator) {
    case '_eq':
      return left === right;
    case '_neq':
      return left !== right;
    case '_gt':
      return left > right;
    case '_gte':
      return left >= right;
    case '_lt':
      return left < right;
    case '_lte':
      return left <= right;
    case '_like':
      return String(left).startsWith(String(right).replace(/%$/, ''));
    default:
      throw new Error(`no operator ${operator}`);
  }
}
