import type { GraphQLInputObjectType } from 'graphql';
import type { AggregateOperand, OrderBy } from '../../ir';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, plannedMembers, type InputFieldMap } from '../field';
import { pgTypes } from '../scalars';
import {
  aggregateColumns,
  aggregateOperand,
  columnAggregates,
  resultType,
  type ColumnAggregate,
} from '../tables/aggregates';
import { columnOperand, type VisibleTable } from '../tables/visible';
import { displayName } from '../tables/table-name';
import { directionType, under, type Direction, type Reach } from './direction';

type RelatedRows = Pick<AggregateOperand, 'from' | 'on' | 'where'>;
type AggregatePlan = (value: Input, rows: RelatedRows, reach: Reach) => readonly OrderBy[];

/** `order_by: { articles_aggregate: { count: desc, max: { id: asc } } }`. */
export function planAggregateOrderBy(input: Input, rows: RelatedRows, reach: Reach): readonly OrderBy[] {
  const members = plannedMembers<AggregatePlan>(input);
  return members.flatMap(({ name, value, plan }) =>
    value.isNull ? [] : under(name, plan(value, rows, reach)),
  );
}

/** `t_aggregate_order_by`. */
export function aggregateOrderByType(context: RoleContext, seen: VisibleTable): GraphQLInputObjectType {
  return context.input(context.names.type(seen.table.graphqlName, 'aggregate_order_by'), () => ({
    description: `order by aggregate values of table "${displayName(seen.table)}"`,
    fields: () => ({ ...functionMembers(context, seen), count: countMember(context) }),
  }));
}

function countMember(context: RoleContext) {
  const call = { function: 'count', arguments: [], distinct: false } as const;
  const plan: AggregatePlan = (value, rows, reach) => [
    { by: reach({ kind: 'aggregate', ...rows, call, type: pgTypes.int8 }), ...value.enumValue<Direction>() },
  ];
  return inputField({ type: directionType(context), plan });
}

function functionMembers(context: RoleContext, seen: VisibleTable): InputFieldMap {
  const usable = columnAggregates.filter(one => aggregateColumns(seen, one).length > 0);
  return Object.fromEntries(
    usable.map(one => [context.names.field(one.name), functionMember(context, seen, one)]),
  );
}

function functionMember(context: RoleContext, seen: VisibleTable, one: ColumnAggregate) {
  const type = context.input(context.names.type(seen.table.graphqlName, `${one.name}_order_by`), () => ({
    description: `order by ${context.names.field(one.name)}() on columns of table "${displayName(seen.table)}"`,
    fields: () => columnMembers(context, seen, one),
  }));
  return inputField<AggregatePlan>({ type, plan: planAggregateOrderBy });
}

function columnMembers(context: RoleContext, seen: VisibleTable, one: ColumnAggregate): InputFieldMap {
  const members = aggregateColumns(seen, one).map(column => {
    const call = {
      function: one.name,
      arguments: [aggregateOperand(columnOperand(seen, column))],
      distinct: false,
    };
    const plan: AggregatePlan = (value, rows, reach) => [
      {
        by: reach({ kind: 'aggregate', ...rows, call, type: resultType(one, column.type) }),
        ...value.enumValue<Direction>(),
      },
    ];
    return [column.graphqlName, inputField({ type: directionType(context), plan })] as const;
  });
  return Object.fromEntries(members);
}
