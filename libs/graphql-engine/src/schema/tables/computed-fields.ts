import { GraphQLList, GraphQLNonNull } from 'graphql';
import type { FieldValue, RowSource } from '../../ir';
import type { ComputedFieldModel } from '../../model';
import type { FieldRequest } from '../../planner';
import { planRows, selectArguments } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { typeOf } from '../scalars';
import { aggregateType, planAggregate } from './aggregate-type';
import { jsonPathArgument, planScalar } from './columns';
import { computedArguments, computedCall } from './computed-call';
import { planFields } from './plan-fields';
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
    args: { ...computedArguments(context, seen, model), ...jsonPathArgument(type) },
    description: model.comment,
    plan: request => {
      const call = computedCall(model, request);
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
    args: { ...computedArguments(context, seen, model), ...selectArguments(context, target) },
    description: model.comment,
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
    args: { ...computedArguments(context, seen, model), ...selectArguments(context, target) },
    plan: request => ({
      kind: 'nested',
      rows: planAggregate(context, target, request, source(model, request)),
    }),
  });
}

function source(model: ComputedFieldModel, request: FieldRequest): RowSource {
  return { kind: 'function', ...computedCall(model, request) };
}
