import { GraphQLList, GraphQLNonNull, type GraphQLFieldConfigArgumentMap } from 'graphql';
import type { RowSource } from '../../ir';
import type { FunctionModel } from '../../model';
import type { FieldRequest, RootPlanned } from '../../planner';
import { planRows, selectArguments } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { argumentsType, orRequired, planCallArguments } from '../functions/arguments';
import { aggregateType, planAggregate } from '../tables/aggregate-type';
import { rowType } from '../tables/object-type';
import { planFields } from '../tables/plan-fields';
import { displayName } from '../tables/table-name';
import { visible, type VisibleTable } from '../tables/visible';

/** Tracked functions as root fields of a query, or of a mutation when they may write. */
export function functionRoots(context: RoleContext, exposedAs: 'query' | 'mutation'): FieldMap {
  const fields: FieldMap = {};
  for (const model of context.model.functions.values()) {
    const target = targetOf(context, model);
    if (model.exposedAs !== exposedAs || !target || !allowed(context, model)) continue;
    fields[model.rootField.name] = functionField(context, model, target);
    if (target.permission.allowAggregations) {
      fields[model.rootFieldAggregate.name] = functionAggregateField(context, model, target);
    }
  }
  return fields;
}

function targetOf(context: RoleContext, model: FunctionModel): VisibleTable | undefined {
  const table = context.model.tables.get(model.returns.table);
  return table && visible(context, table);
}

// A function that only reads is allowed to whoever may select what it returns, unless that inference is off.
function allowed(context: RoleContext, model: FunctionModel): boolean {
  if (context.isAdmin || model.roles.has(context.role)) return true;
  return model.exposedAs === 'query' && context.model.options.inferFunctionPermissions;
}

function functionField(context: RoleContext, model: FunctionModel, target: VisibleTable): Field {
  const type = rowType(context, target);
  const many = new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type)));
  return field<RootPlanned>({
    type: model.returns.set ? many : type,
    args: { ...callArguments(context, model), ...selectArguments(context, target) },
    description: described(
      model,
      name => `execute function "${name}" which returns "${displayName(target.table)}"`,
    ),
    plan: request => ({
      kind: 'node',
      node: {
        kind: 'select',
        ...planRows(context, target, request, call(model, request)),
        fields: planFields(request.selection(type)),
        cardinality: model.returns.set ? 'many' : 'one',
      },
    }),
  });
}

function functionAggregateField(context: RoleContext, model: FunctionModel, target: VisibleTable): Field {
  return field<RootPlanned>({
    type: new GraphQLNonNull(aggregateType(context, target)),
    args: { ...callArguments(context, model), ...selectArguments(context, target) },
    description: described(
      model,
      name =>
        `execute function "${name}" and query aggregates on result of table type "${displayName(target.table)}"`,
    ),
    plan: request => ({ kind: 'node', node: planAggregate(context, target, request, call(model, request)) }),
  });
}

function described(model: FunctionModel, sentence: (name: string) => string): string | undefined {
  const comment = model.rootField.comment ?? model.comment;
  if (comment !== undefined) return comment === '' ? undefined : comment;
  return sentence(model.schema === 'public' ? model.name : model.key);
}

function call(model: FunctionModel, request: FieldRequest): RowSource {
  const input = request.arguments.get('args');
  const all = planCallArguments(model.arguments, input, `${request.path}.args.args`);
  return { kind: 'function', schema: model.schema, name: model.name, arguments: all };
}

function callArguments(context: RoleContext, model: FunctionModel): GraphQLFieldConfigArgumentMap {
  const type = argumentsType(context, context.names.type(model.graphqlName, 'args'), model.arguments);
  if (!type) return {};
  const description = `input parameters for function "${model.graphqlName}"`;
  return { args: { type: orRequired(type, model.arguments), description } };
}
