import {
  GraphQLBoolean,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { always, and, type AggregateFunction, type BoolExp, type Operand } from '../../ir';
import type { ColumnModel, TypeModel } from '../../model';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, plannedMembers, type InputFieldMap } from '../field';
import { pgTypes } from '../scalars';
import { columnEnum, selectColumnType } from '../tables/select-column';
import {
  columnOperand,
  visibleColumns,
  type VisibleRelationship,
  type VisibleTable,
} from '../tables/visible';
import { displayName, tableSource } from '../tables/table-name';
import { comparisonType } from './comparison';
import { planBoolExp, planComparison, type BoolExpPlan } from './plan-condition';

/** An aggregate that can be compared: over which columns, and what it yields. */
interface Predicate {
  readonly name: AggregateFunction;
  readonly arguments: 'columns' | 'column' | 'pair';
  readonly over: (type: TypeModel) => boolean;
  readonly yields: TypeModel;
}

type PredicatePlan = (value: Input, related: VisibleRelationship) => BoolExp;

const isFloat = (type: TypeModel) => type.name === 'float8';
const isBoolean = (type: TypeModel) => type.name === 'bool';
const float = (name: AggregateFunction, shape: Predicate['arguments'] = 'column'): Predicate => ({
  name,
  arguments: shape,
  over: isFloat,
  yields: pgTypes.float8,
});

const predicates: readonly Predicate[] = [
  float('avg'),
  { name: 'bool_and', arguments: 'column', over: isBoolean, yields: pgTypes.bool },
  { name: 'bool_or', arguments: 'column', over: isBoolean, yields: pgTypes.bool },
  float('corr', 'pair'),
  { name: 'count', arguments: 'columns', over: () => true, yields: pgTypes.int4 },
  float('covar_samp', 'pair'),
  float('max'),
  float('min'),
  float('stddev_samp'),
  float('sum'),
  float('var_samp'),
];

/** `articles_aggregate: { count: { predicate: { _gt: 2 } } }` for roles that may aggregate. */
export function aggregatePredicates(context: RoleContext, related: VisibleRelationship): InputFieldMap {
  const { relationship, target } = related;
  if (!target.permission.allowAggregations || context.hides('aggregation_predicates')) return {};
  const usable = predicates.filter(one => argumentColumns(target, one).length > 0);
  if (usable.length === 0) return {};
  const type = context.input(context.names.type(target.table.graphqlName, 'aggregate_bool_exp'), () => ({
    fields: () => Object.fromEntries(usable.map(one => [one.name, predicateField(context, target, one)])),
  }));
  const plan: BoolExpPlan = value =>
    and(...plannedMembers<PredicatePlan>(value).map(member => member.plan(member.value, related)));
  return { [context.names.field(`${relationship.name}_aggregate`)]: inputField({ type, plan }) };
}

function argumentColumns(target: VisibleTable, { over }: Predicate): readonly ColumnModel[] {
  return visibleColumns(target).filter(column => over(column.type));
}

function predicateField(context: RoleContext, target: VisibleTable, one: Predicate) {
  const name = context.names.predicate(target.table, one.name);
  const type = context.input(context.names.type(name), () => ({
    fields: () => ({
      arguments: { type: argumentsType(context, target, one) },
      distinct: { type: GraphQLBoolean },
      filter: { type: context.builders.condition(context, target) },
      predicate: { type: new GraphQLNonNull(comparisonType(context, one.yields)) },
    }),
  }));
  const plan: PredicatePlan = (value, related) => planPredicate(value, related, one);
  return inputField({ type, plan });
}

function argumentsType(context: RoleContext, target: VisibleTable, one: Predicate): GraphQLInputType {
  if (one.arguments === 'columns')
    return new GraphQLList(new GraphQLNonNull(selectColumnType(context, target)));
  const column = narrowColumnType(context, target, one);
  if (one.arguments === 'column') return new GraphQLNonNull(column);
  return new GraphQLNonNull(pairType(context, target, one, column));
}

// Enums of the columns that fit; Hasura gives each use a name of its own.
function narrowColumnType(context: RoleContext, target: VisibleTable, one: Predicate) {
  const { table } = target;
  const columns = context.names.predicateColumns(table, one.name);
  return columnEnum(
    context,
    context.names.predicateColumnsType(table, one.name),
    `select "${columns}" columns of table "${displayName(table)}"`,
    argumentColumns(target, one),
  );
}

function pairType(
  context: RoleContext,
  target: VisibleTable,
  one: Predicate,
  column: GraphQLInputType,
): GraphQLInputObjectType {
  const name = context.names.type(context.names.predicate(target.table, one.name), 'arguments');
  const required = { type: new GraphQLNonNull(column as GraphQLInputObjectType) };
  return context.input(name, () => ({ fields: () => ({ X: required, Y: required }) }));
}

function planPredicate(input: Input, { relationship, target }: VisibleRelationship, one: Predicate): BoolExp {
  const fields = input.fields();
  const [columns, filter, predicate] = ['arguments', 'filter', 'predicate'].map(name => fields.get(name));
  const call = {
    function: one.name,
    arguments: columns ? operandsOf(columns, target, one) : [],
    distinct: fields.get('distinct')?.boolean() ?? false,
  };
  const where = and(target.permission.filter, filter ? planBoolExp(filter) : always);
  const rows = { from: tableSource(target.table), on: relationship.columns, where };
  return planComparison(predicate as Input, { kind: 'aggregate', ...rows, call, type: one.yields });
}

function operandsOf(input: Input, target: VisibleTable, one: Predicate): readonly Operand[] {
  const toOperand = (value: Input) => columnOperand(target, value.enumValue<ColumnModel>());
  if (one.arguments === 'columns') return input.items().map(toOperand);
  if (one.arguments === 'column') return [toOperand(input)];
  const fields = input.fields();
  return ['X', 'Y'].map(name => toOperand(fields.get(name) as Input));
}
