import type { GraphQLEnumType } from 'graphql';
import type { Operand, OrderBy } from '../../ir';
import type { RoleContext } from '../context';

/** Turns a scalar of the row at hand into one of the outermost row. */
export type Reach = (operand: Operand) => Operand;

export interface Direction {
  readonly direction: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
}

const directions: readonly (readonly [string, Direction, string])[] = [
  ['asc', { direction: 'asc', nulls: 'last' }, 'in ascending order, nulls last'],
  ['asc_nulls_first', { direction: 'asc', nulls: 'first' }, 'in ascending order, nulls first'],
  ['asc_nulls_last', { direction: 'asc', nulls: 'last' }, 'in ascending order, nulls last'],
  ['desc', { direction: 'desc', nulls: 'first' }, 'in descending order, nulls first'],
  ['desc_nulls_first', { direction: 'desc', nulls: 'first' }, 'in descending order, nulls first'],
  ['desc_nulls_last', { direction: 'desc', nulls: 'last' }, 'in descending order, nulls last'],
];

/** The enum `order_by`. */
export function directionType(context: RoleContext): GraphQLEnumType {
  return context.enum(context.names.shared('', 'order_by'), () => ({
    description: 'column ordering options',
    values: Object.fromEntries(
      directions.map(([name, value, description]) => [context.names.enumValue(name), { value, description }]),
    ),
  }));
}

/** Says under which member an order was found. */
export function under(name: string, orders: readonly OrderBy[]): readonly OrderBy[] {
  return orders.map(order => ({ ...order, path: [name, ...(order.path ?? [])] }));
}
