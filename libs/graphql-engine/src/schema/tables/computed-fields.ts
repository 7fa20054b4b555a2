import { GraphQLList, GraphQLNonNull, type GraphQLFieldConfigArgumentMap } from 'graphql';
import type { Argument, FieldValue, FunctionCall, RowSource } from '../../ir';
import type { ComputedFieldModel } from '../../model';
import type { FieldRequest } from '../../planner';
import { planRows, selectArguments } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { argumentsType, orRequired, planCallArguments } from '../functions/arguments';
import { typeOf } from '../scalars';
import { aggregateType, planAggregate } from './aggregate-type';
import { jsonPathArgument, planScalar } from './columns';
import { planFields } from './plan-fields';
import { displayName } from './table-name';
import { visibleComputedFields, type VisibleComputedField, type VisibleTable } from './visible';

/** Computed fields: functions of the row, with the client's own arguments in `args`. */
export function computedFieldFields(context: RoleContext, seen: VisibleTable): FieldMap {
  const fields: FieldMap = {};
  for (const one of visibleComputedFields(context, seen)) {
    const { graphqlName } = one.field;
    if (one.kind === 'scalar') {
      fields[graphqlName] = scalarField(context, seen, one.field);
      continue;
    }
    fields[graphqlName] = tableField(context, seen, one);
    if (one.target.permission.allowAggregations) {
      fields[context.names.field(`${graphqlName}_aggregate`)] = aggregateField(context, seen, one);
    }
  }
  return fields;
}

type TableComputedField = Extract<VisibleComputedField, { kind: 'table' }>;

function scalarField(context: RoleContext, seen: VisibleTable, model: ComputedFieldModel): Field {
  if (model.returns.kind !== 'scalar') throw new TypeError('not a scalar computed field');
  const { type } = model.returns;
  const when = seen.permission.conditions?.get(model.name);
  return field<FieldValue>({
    type: typeOf(context, type),
    args: { ...callArguments(context, seen, model), ...jsonPathArgument(type) },
    description: model.comment ?? `A computed field, executes function ${functionName(model)}`,
    plan: request => {
      const call = planCall(model, request);
      return planScalar(context, { kind: 'computed', call, type, ...(when && { when }) }, request);
    },
  });
}

function tableField(
  context: RoleContext,
  seen: VisibleTable,
  { field: model, target }: TableComputedField,
): Field {
  const type = context.builders.row(context, target);
  return field<FieldValue>({
    type: new GraphQLList(new GraphQLNonNull(type)),
    args: { ...callArguments(context, seen, model), ...selectArguments(context, target) },
    description: model.comment ?? `A computed field, executes function ${functionName(model)}`,
    plan: request => ({
      kind: 'nested',
      rows: {
        kind: 'select',
        ...planRows(context, target, request, source(model, request)),
        fields: planFields(request.selection(type)),
        cardinality: 'many',
      },
    }),
  });
}

function aggregateField(
  context: RoleContext,
  seen: VisibleTable,
  { field: model, target }: TableComputedField,
): Field {
  return field<FieldValue>({
    type: new GraphQLNonNull(aggregateType(context, target)),
    args: { ...callArguments(context, seen, model), ...selectArguments(context, target) },
    plan: request => ({
      kind: 'nested',
      rows: planAggregate(context, target, request, source(model, request)),
    }),
  });
}

const functionName = ({ function: { schema, name } }: ComputedFieldModel) =>
  `"${schema === 'public' ? name : `${schema}.${name}`}"`;

function source(model: ComputedFieldModel, request: FieldRequest): RowSource {
  return { kind: 'function', ...planCall(model, request) };
}

function callArguments(
  context: RoleContext,
  seen: VisibleTable,
  model: ComputedFieldModel,
): GraphQLFieldConfigArgumentMap {
  const base = `${model.graphqlName}_${seen.table.graphqlName}`;
  const type = argumentsType(context, context.names.type(base, 'args'), model.arguments);
  if (!type) return {};
  const description = `input parameters for computed field "${model.graphqlName}" defined on table "${displayName(seen.table)}"`;
  return { args: { type: orRequired(type, model.arguments), description } };
}

function planCall(model: ComputedFieldModel, request: FieldRequest): FunctionCall {
  const planned: readonly Argument[] = planCallArguments(
    model.arguments,
    request.arguments.get('args'),
    `${request.path}.args.args`,
  );
  return { ...model.function, arguments: planned };
}
