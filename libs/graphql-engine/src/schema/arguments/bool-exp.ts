import { GraphQLList, GraphQLNonNull, type GraphQLInputObjectType } from 'graphql';
import { always, and, not, or, type BoolExp, type RowSource } from '../../ir';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, type InputFieldMap } from '../field';
import { displayName, tableSource } from '../tables/table-name';
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
import { aggregatePredicates } from './aggregate-predicate';
import { columnComparisonType, comparisonType } from './comparison';
import { planBoolExp, planComparison, type BoolExpPlan } from './plan-condition';

/** `t_bool_exp`: only what the role may select can be asked about. */
export function boolExpType(context: RoleContext, seen: VisibleTable): GraphQLInputObjectType {
  const { table } = seen;
  return context.input(context.names.type(table.graphqlName, 'bool_exp'), () => ({
    description: `Boolean expression to filter rows from the table "${displayName(table)}". All fields are combined with a logical 'AND'.`,
    fields: () => ({
      ...connectives(context, seen),
      ...columnMembers(context, seen),
      ...relationshipMembers(context, seen),
      ...computedMembers(context, seen),
    }),
  }));
}

function connectives(context: RoleContext, seen: VisibleTable): InputFieldMap {
  const self = boolExpType(context, seen);
  const list = new GraphQLList(new GraphQLNonNull(self));
  const each = (value: Input) => value.items().map(planBoolExp);
  return {
    _and: inputField<BoolExpPlan>({ type: list, plan: value => and(...each(value)) }),
    _not: inputField<BoolExpPlan>({ type: self, plan: value => not(planBoolExp(value)) }),
    _or: inputField<BoolExpPlan>({ type: list, plan: value => or(...each(value)) }),
  };
}

function columnMembers(context: RoleContext, seen: VisibleTable): InputFieldMap {
  const members = visibleColumns(seen).map(column => {
    const operand = columnOperand(seen, column);
    const plan = nullIsTrue(context, value => planComparison(value, operand));
    return [
      column.graphqlName,
      inputField<BoolExpPlan>({ type: columnComparisonType(context, column), plan }),
    ] as const;
  });
  return Object.fromEntries(members);
}

function relationshipMembers(context: RoleContext, seen: VisibleTable): InputFieldMap {
  const members = visibleRelationships(context, seen).map(related => ({
    [related.relationship.name]: relationshipMember(context, related),
    ...(related.relationship.kind === 'array' && aggregatePredicates(context, related)),
  }));
  return Object.assign({}, ...members) as InputFieldMap;
}

function relationshipMember(context: RoleContext, { relationship, target }: VisibleRelationship) {
  const from = tableSource(target.table);
  const plan = nullIsTrue(context, value => related(from, relationship.columns, target, planBoolExp(value)));
  return inputField<BoolExpPlan>({ type: boolExpType(context, target), plan });
}

function computedMembers(context: RoleContext, seen: VisibleTable): InputFieldMap {
  const members = visibleComputedFields(context, seen)
    .filter(({ field }) => needsNoArguments(field))
    .map(one => [one.field.graphqlName, computedMember(context, seen, one)] as const);
  return Object.fromEntries(members);
}

function computedMember(context: RoleContext, seen: VisibleTable, one: VisibleComputedField) {
  if (one.kind === 'table') {
    const from: RowSource = { kind: 'function', ...callWithoutArguments(one.field) };
    const plan = nullIsTrue(context, value => related(from, [], one.target, planBoolExp(value)));
    return inputField<BoolExpPlan>({ type: boolExpType(context, one.target), plan });
  }
  const operand = computedOperand(seen, one.field);
  if (!operand) throw new TypeError('a scalar computed field is an operand');
  const plan = nullIsTrue(context, value => planComparison(value, operand));
  return inputField<BoolExpPlan>({ type: comparisonType(context, operand.type), plan });
}

/** Some related row that the role may see meets the condition. */
export function related(
  from: RowSource,
  on: readonly (readonly [string, string])[],
  target: VisibleTable,
  where: BoolExp,
): BoolExp {
  return { kind: 'exists', from, on, where: and(target.permission.filter, where), newRoot: true };
}

function nullIsTrue(context: RoleContext, plan: BoolExpPlan): BoolExpPlan {
  return value => (value.isNull && context.model.options.nullsAreTrue ? always : plan(value));
}
