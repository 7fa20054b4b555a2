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

/**
 * Whether a row meets a condition. A client's condition reaches only related rows that the role may see; a permission's
 * own reaches all of them.
 */
export function meets(
  condition: Condition,
  table: Table,
  row: Row,
  view: View,
  whose: 'client' | 'permission',
): Truth {
  return and(Object.entries(condition).map(([key, value]) => member(key, value, table, row, view, whose)));
}

function member(
  key: string,
  value: Json,
  table: Table,
  row: Row,
  view: View,
  whose: 'client' | 'permission',
): Truth {
  const inner = (one: Json) => meets(one as Condition, table, row, view, whose);
  if (key === '_and') return and((value as readonly Json[]).map(inner));
  if (key === '_or') return or((value as readonly Json[]).map(inner));
  if (key === '_not') return not(inner(value));
  const relation = table.relations.find(({ name }) => name === key);
  if (!relation) {
    const left = whose === 'client' ? valueOf(table, key, row, view) : rawValue(table, key, row);
    return comparisons(value as Condition, left, view.user);
  }
  const target = tables[relation.target];
  const rows = related(relation, row, view, whose);
  return rows.some(one => meets(value as Condition, target, one, view, whose) === true);
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

function comparisons(all: Condition, value: Scalar, user: number): Truth {
  return and(Object.entries(all).map(([operator, right]) => compare(operator, value, right, user)));
}

function compare(operator: string, left: Scalar, given: Json, user: number): Truth {
  const right = given === ME ? user : given;
  if (operator === '_is_null') return (left === null) === right;
  if (operator === '_in')
    return or((right as readonly Scalar[]).map(one => (left === null ? null : left === one)));
  if (operator === '_nin')
    return not(or((right as readonly Scalar[]).map(one => (left === null ? null : left === one))));
  if (left === null) return null;
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
