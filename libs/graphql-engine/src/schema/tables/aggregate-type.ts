import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLObjectType,
} from 'graphql';
import type { Aggregate, AggregateField, AggregateItem, JoinColumns, Operand, RowSource } from '../../ir';
import type { ColumnModel } from '../../model';
import type { FieldRequest } from '../../planner';
import { displayName } from './table-name';
import { notNull, planRows } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { typeOf } from '../scalars';
import {
  aggregateColumns,
  aggregateComputedFields,
  aggregateOperand,
  columnAggregates,
  resultType,
  type ColumnAggregate,
  type ScalarComputedField,
} from './aggregates';
import { computedArguments, computedCall } from './computed-call';
import { planFields } from './plan-fields';
import { stringified } from './columns';
import { selectColumnType } from './select-column';
import { columnOperand, visibleColumns, type VisibleTable } from './visible';

/** `t_aggregate`: sums over rows, and the rows themselves. */
export function aggregateType(context: RoleContext, seen: VisibleTable): GraphQLObjectType {
  const { table } = seen;
  return context.object(context.names.type(table.graphqlName, 'aggregate'), () => ({
    description: `aggregated selection of "${displayName(table)}"`,
    fields: () => ({ aggregate: sumsField(context, seen), nodes: nodesField(context, seen) }),
  }));
}

/** The permission's limit cuts the nodes only: what is summed up is every row that the role may see. */
export function planAggregate(
  context: RoleContext,
  seen: VisibleTable,
  request: FieldRequest,
  from: RowSource,
  on: JoinColumns = [],
): Aggregate {
  const { permission } = seen;
  const rows = planRows(
    context,
    { ...seen, permission: { ...permission, limit: undefined } },
    request,
    from,
    on,
  );
  const selection = request.selection(aggregateType(context, seen));
  const fields = selection.plan<AggregateField>(text => ({ alias: '', kind: 'text', text }));
  return {
    kind: 'aggregate',
    ...rows,
    fields: fields.map(({ alias, value }) => ({ ...value, alias })),
    ...(permission.limit !== undefined && { nodeLimit: permission.limit }),
  };
}

function nodesField(context: RoleContext, seen: VisibleTable): Field {
  const type = context.builders.row(context, seen);
  return field<AggregateField>({
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
    plan: request => ({ alias: request.alias, kind: 'nodes', fields: planFields(request.selection(type)) }),
  });
}

function sumsField(context: RoleContext, seen: VisibleTable): Field {
  const type = aggregateFieldsType(context, seen);
  return field<AggregateField>({
    type,
    plan: request => ({ alias: request.alias, kind: 'sums', items: planItems(request, type) }),
  });
}

function planItems(request: FieldRequest, type: GraphQLObjectType): readonly AggregateItem[] {
  const items = request.selection(type).plan<AggregateItem>(text => ({ alias: '', kind: 'text', text }));
  return items.map(({ alias, value }) => ({ ...value, alias }));
}

function aggregateFieldsType(context: RoleContext, seen: VisibleTable): GraphQLObjectType {
  const { table } = seen;
  return context.object(context.names.type(table.graphqlName, 'aggregate_fields'), () => ({
    description: `aggregate fields of "${displayName(table)}"`,
    fields: () => ({ ...functionFields(context, seen), count: countField(context, seen) }),
  }));
}

function countField(context: RoleContext, seen: VisibleTable): Field {
  return field<AggregateItem>({
    type: new GraphQLNonNull(GraphQLInt),
    args: { ...columnsArgument(context, seen), distinct: { type: GraphQLBoolean } },
    plan: request => {
      const columns = notNull(request.arguments.get('columns'))?.items() ?? [];
      const operands = columns.map(input => columnOperand(seen, input.enumValue<ColumnModel>()));
      const distinct = notNull(request.arguments.get('distinct'))?.boolean() ?? false;
      const call = { function: 'count', arguments: operands, distinct } as const;
      return { alias: request.alias, kind: 'call', call, stringify: false };
    },
  });
}

function columnsArgument(context: RoleContext, seen: VisibleTable): GraphQLFieldConfigArgumentMap {
  if (visibleColumns(seen).length === 0) return {};
  return { columns: { type: new GraphQLList(new GraphQLNonNull(selectColumnType(context, seen))) } };
}

function functionFields(context: RoleContext, seen: VisibleTable): FieldMap {
  const usable = columnAggregates.filter(
    one => aggregateColumns(seen, one).length + aggregateComputedFields(context, seen, one).length > 0,
  );
  return Object.fromEntries(
    usable.map(one => [context.names.field(one.name), functionField(context, seen, one)]),
  );
}

function functionField(context: RoleContext, seen: VisibleTable, one: ColumnAggregate): Field {
  const type = context.object(context.names.type(seen.table.graphqlName, `${one.name}_fields`), () => ({
    description: `aggregate ${context.names.field(one.name)} on columns`,
    fields: () => resultFields(context, seen, one),
  }));
  return field<AggregateItem>({
    type,
    plan: request => ({ alias: request.alias, kind: 'group', items: planItems(request, type) }),
  });
}

function resultFields(context: RoleContext, seen: VisibleTable, one: ColumnAggregate): FieldMap {
  const columns = aggregateColumns(seen, one).map(
    column => [column.graphqlName, columnResult(context, seen, one, column)] as const,
  );
  const computed = aggregateComputedFields(context, seen, one).map(
    scalar => [scalar.field.graphqlName, computedResult(context, seen, one, scalar)] as const,
  );
  return Object.fromEntries([...columns, ...computed]);
}

function columnResult(
  context: RoleContext,
  seen: VisibleTable,
  one: ColumnAggregate,
  column: ColumnModel,
): Field {
  const operand = columnOperand(seen, column);
  return field<AggregateItem>({
    type: typeOf(context, resultType(one, column.type)),
    description: column.comment,
    plan: ({ alias }) => ({ alias, ...planCall(context, one, operand) }),
  });
}

/** As beside the row's other fields, a computed one takes its function's arguments. */
function computedResult(
  context: RoleContext,
  seen: VisibleTable,
  one: ColumnAggregate,
  { field: model, type }: ScalarComputedField,
): Field {
  const when = seen.permission.conditions?.get(model.name);
  return field<AggregateItem>({
    type: typeOf(context, resultType(one, type)),
    args: computedArguments(context, seen, model),
    description: model.comment,
    plan: request => {
      const call = computedCall(model, request);
      const operand: Operand = { kind: 'computed', call, type, ...(when && { when }) };
      return { alias: request.alias, ...planCall(context, one, operand) };
    },
  });
}

function planCall(context: RoleContext, one: ColumnAggregate, operand: Operand) {
  const call = { function: one.name, arguments: [aggregateOperand(operand)], distinct: false };
  return { kind: 'call', call, stringify: stringified(context, operand.type) } as const;
}
