import { GraphQLList, GraphQLNonNull, type GraphQLFieldConfigArgumentMap } from 'graphql';
import type { RowSource } from '../../ir';
import type { FunctionModel } from '../../model';
import type { FieldRequest, RootPlanned } from '../../planner';
import { planRows, selectArguments } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { argumentsType, orRequired, planCallArguments } from '../functions/arguments';
import { connectionArguments, connectionType, planConnection } from '../relay/connection';
import { aggregateType, planAggregate } from '../tables/aggregate-type';
import { rowType } from '../tables/object-type';
import { planFields } from '../tables/plan-fields';
import { displayName } from '../tables/table-name';
import { visible, type VisibleTable } from '../tables/visible';

/** Tracked functions as root fields of a query, where they can be summed up too, or of a mutation when they may write. */
export function functionRoots(context: RoleContext, exposedAs: 'query' | 'mutation'): FieldMap {
  const fields: FieldMap = {};
  for (const { model, target } of callableFunctions(context, exposedAs)) {
    fields[model.rootField.name] = functionField(context, model, target);
    if (exposedAs === 'query' && target.permission.allowAggregations) {
      fields[model.rootFieldAggregate.name] = functionAggregateField(context, model, target);
    }
  }
  return fields;
}

/** In the relay API a function that answers with many rows of a table with a key is a connection. */
export function functionConnections(context: RoleContext): FieldMap {
  const connections = callableFunctions(context, 'query')
    .filter(({ model, target }) => model.returns.set && target.table.primaryKey)
    .map(({ model, target }) => [
      `${model.rootField.name}_connection`,
      field<RootPlanned>({
        type: new GraphQLNonNull(connectionType(context, target)),
        args: { ...callArguments(context, model), ...connectionArguments(context, target) },
        description: selectDescription(model, target),
        plan: request => {
          const node = planConnection(context, target, request, call(model, request));
          return { kind: 'node', node };
        },
      }),
    ]);
  return Object.fromEntries(connections) as FieldMap;
}

interface Callable {
  readonly model: FunctionModel;
  /** What it returns. */
  readonly target: VisibleTable;
}

function callableFunctions(context: RoleContext, exposedAs: 'query' | 'mutation'): readonly Callable[] {
  return [...context.model.functions.values()].flatMap(model => {
    const table = context.model.tables.get(model.returns.table);
    const target = table && visible(context, table);
    return model.exposedAs === exposedAs && target && allowed(context, model) ? [{ model, target }] : [];
  });
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
    description: selectDescription(model, target),
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

function selectDescription(model: FunctionModel, { table }: VisibleTable): string | undefined {
  return described(model, name => `execute function "${name}" which returns "${displayName(table)}"`);
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
