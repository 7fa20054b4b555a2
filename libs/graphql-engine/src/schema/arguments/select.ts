import { GraphQLInt, GraphQLList, GraphQLNonNull, type GraphQLFieldConfigArgumentMap } from 'graphql';
import {
  always,
  and,
  type BoolExp,
  type JoinColumns,
  type Limit,
  type Operand,
  type OrderBy,
  type RowSource,
  type Rows,
} from '../../ir';
import type { ColumnModel } from '../../model';
import { invalid, type Input, type FieldRequest } from '../../planner';
import type { RoleContext } from '../context';
import { encodeOffset, pgTypes } from '../scalars';
import { selectColumnType } from '../tables/select-column';
import { columnOperand, visibleColumns, type VisibleTable } from '../tables/visible';
import { boolExpType } from './bool-exp';
import { planBoolExp } from './plan-condition';
import { orderByType, planOrderBy } from './order-by';

/** `where`, `order_by`, `distinct_on`, `limit`, `offset`: what every list of rows takes. */
export function selectArguments(context: RoleContext, seen: VisibleTable): GraphQLFieldConfigArgumentMap {
  const { names } = context;
  return {
    ...distinctArgument(context, seen),
    limit: { type: GraphQLInt, description: 'limit the number of rows returned' },
    offset: { type: GraphQLInt, description: 'skip the first n rows. Use only with order_by' },
    [names.field('order_by')]: {
      type: orList(orderByType(context, seen)),
      description: 'sort the rows by one or more columns',
    },
    where: { type: boolExpType(context, seen), description: 'filter the rows returned' },
  };
}

// A role without any column has nothing to name.
function distinctArgument(context: RoleContext, seen: VisibleTable): GraphQLFieldConfigArgumentMap {
  if (visibleColumns(seen).length === 0) return {};
  const type = orList(selectColumnType(context, seen));
  return { [context.names.field('distinct_on')]: { type, description: 'distinct select on columns' } };
}

function orList(type: ReturnType<typeof orderByType> | ReturnType<typeof selectColumnType>) {
  return new GraphQLList(new GraphQLNonNull(type));
}

/** The rows that a field asks for, within what the role may see. */
export function planRows(
  context: RoleContext,
  seen: VisibleTable,
  request: FieldRequest,
  from: RowSource,
  on: JoinColumns = [],
): Rows {
  const given = (name: string) => notNull(request.arguments.get(context.names.field(name)));
  const orderBy = planOrders(given('order_by'));
  const distinctOn = planDistinct(seen, given('distinct_on'));
  refuseOtherOrder(distinctOn, orderBy, request);
  const offset = given('offset');
  return {
    from,
    on,
    where: and(seen.permission.filter, planWhere(given('where'))),
    orderBy,
    distinctOn,
    limits: planLimits(seen, given('limit')),
    ...(offset && { offset: offset.param(pgTypes.int8, encodeOffset) }),
  };
}

export function planWhere(input: Input | undefined): BoolExp {
  return input ? planBoolExp(input) : always;
}

export function planOrders(input: Input | undefined): readonly OrderBy[] {
  return input ? planOrderBy(input) : [];
}

function planLimits({ permission }: VisibleTable, input: Input | undefined): readonly Limit[] {
  const own = permission.limit === undefined ? [] : [permission.limit];
  return input ? [...own, input.count()] : own;
}

function planDistinct(seen: VisibleTable, input: Input | undefined): readonly Operand[] {
  return input ? input.items().map(item => columnOperand(seen, item.enumValue<ColumnModel>())) : [];
}

export function notNull(input: Input | undefined): Input | undefined {
  return input?.isNull ? undefined : input;
}

// Postgres wants the same; Hasura says so before Postgres does. The set of columns must be the order's beginning.
function refuseOtherOrder(
  distinctOn: readonly Operand[],
  orderBy: readonly OrderBy[],
  request: FieldRequest,
): void {
  if (distinctOn.length === 0 || orderBy.length === 0) return;
  const first = orderBy.slice(0, distinctOn.length).map(({ by }) => (by.kind === 'column' ? by.column : ''));
  const wanted = distinctOn.map(operand => (operand.kind === 'column' ? operand.column : ''));
  const same = first.length === wanted.length && wanted.every(column => first.includes(column));
  if (!same)
    throw invalid(`${request.path}.args`, '"distinct_on" columns must match initial "order_by" columns');
}
