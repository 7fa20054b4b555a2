import type { GraphQLInputObjectType } from 'graphql';
import { and, type Operand, type OrderBy } from '../../ir';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, plannedMembers, type InputFieldMap } from '../field';
import { enumTypeOf } from '../scalars';
import {
  callWithoutArguments,
  columnOperand,
  computedOperand,
  needsNoArguments,
  visibleColumns,
  visibleComputedFields,
  visibleRelationships,
  type VisibleComputedField,
  type VisibleRelationship,
  type VisibleTable,
} from '../tables/visible';
import { aggregateOrderByType, planAggregateOrderBy } from './aggregate-order-by';
import { displayName, tableSource } from '../tables/table-name';
import { directionType, under, type Direction, type Reach } from './direction';

/** What one member of an order says; `reach` turns a scalar of the row at hand into one of the outermost row. */
export type OrderByPlan = (value: Input, reach: Reach) => readonly OrderBy[];

/** `t_order_by`. */
export function orderByType(context: RoleContext, seen: VisibleTable): GraphQLInputObjectType {
  return context.input(context.names.type(seen.table.graphqlName, 'order_by'), () => ({
    description: `Ordering options when selecting data from "${displayName(seen.table)}".`,
    fields: () => ({
      ...columnMembers(context, seen),
      ...relationshipMembers(context, seen),
      ...computedMembers(context, seen),
    }),
  }));
}

const itself: Reach = operand => operand;

/** `order_by: [{ a: asc }, { author: { name: desc } }]`. */
export function planOrderBy(input: Input, reach: Reach = itself): readonly OrderBy[] {
  return input.items().flatMap(item => planMembers(item, reach));
}

function planMembers(input: Input, reach: Reach): readonly OrderBy[] {
  return plannedMembers<OrderByPlan>(input).flatMap(({ name, value, plan }) =>
    value.isNull ? [] : under(name, plan(value, reach)),
  );
}

/** A member that is a scalar with a direction. */
export function directionMember(context: RoleContext, operand: Operand) {
  const plan: OrderByPlan = (value, reach) => [{ by: reach(operand), ...value.enumValue<Direction>() }];
  return inputField({ type: directionType(context), plan });
}

function columnMembers(context: RoleContext, seen: VisibleTable): InputFieldMap {
  return Object.fromEntries(
    visibleColumns(seen).map(column => [
      column.graphqlName,
      directionMember(context, columnOperand(seen, column)),
    ]),
  );
}

function relationshipMembers(context: RoleContext, seen: VisibleTable): InputFieldMap {
  const members = visibleRelationships(context, seen).flatMap(related => {
    if (related.relationship.kind === 'array') return aggregateMembers(context, related);
    const isEnum = enumTypeOf(context, related.target.table) !== undefined;
    return isEnum ? [] : [[related.relationship.name, objectMember(context, related)] as const];
  });
  return Object.fromEntries(members);
}

function objectMember(context: RoleContext, { relationship, target }: VisibleRelationship) {
  const rows = { from: tableSource(target.table), on: relationship.columns, where: target.permission.filter };
  const plan: OrderByPlan = (value, reach) =>
    planMembers(value, operand => reach({ kind: 'related', ...rows, operand, type: operand.type }));
  return inputField({ type: orderByType(context, target), plan });
}

function aggregateMembers(context: RoleContext, { relationship, target }: VisibleRelationship) {
  if (!target.permission.allowAggregations) return [];
  const rows = { from: tableSource(target.table), on: relationship.columns, where: target.permission.filter };
  const plan: OrderByPlan = (value, reach) => planAggregateOrderBy(value, rows, reach);
  const name = context.names.field(`${relationship.name}_aggregate`);
  return [[name, inputField({ type: aggregateOrderByType(context, target), plan })] as const];
}

function computedMembers(context: RoleContext, seen: VisibleTable): InputFieldMap {
  const members = visibleComputedFields(context, seen)
    .filter(({ field }) => needsNoArguments(field))
    .flatMap(one => computedMember(context, seen, one));
  return Object.fromEntries(members);
}

function computedMember(context: RoleContext, seen: VisibleTable, one: VisibleComputedField) {
  if (one.kind === 'scalar') {
    const operand = computedOperand(seen, one.field);
    return operand ? [[one.field.graphqlName, directionMember(context, operand)] as const] : [];
  }
  if (!one.target.permission.allowAggregations) return [];
  const where = and(one.target.permission.filter);
  const rows = { from: { kind: 'function' as const, ...callWithoutArguments(one.field) }, on: [], where };
  const plan: OrderByPlan = (value, reach) => planAggregateOrderBy(value, rows, reach);
  const name = context.names.field(`${one.field.graphqlName}_aggregate`);
  return [[name, inputField({ type: aggregateOrderByType(context, one.target), plan })] as const];
}
