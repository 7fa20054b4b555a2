import type { GraphQLFieldConfigArgumentMap } from 'graphql';
import type { FunctionCall } from '../../ir';
import type { ComputedFieldModel } from '../../model';
import type { FieldRequest } from '../../planner';
import type { RoleContext } from '../context';
import { argumentsType, orRequired, planCallArguments } from '../functions/arguments';
import { displayName } from './table-name';
import type { VisibleTable } from './visible';

/** `args`: what a computed field's function takes besides the row and the session. Nothing when it takes no more. */
export function computedArguments(
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

/** The function's call for the row at hand, with the arguments that the client gave. */
export function computedCall(model: ComputedFieldModel, request: FieldRequest): FunctionCall {
  const given = request.arguments.get('args');
  return {
    ...model.function,
    arguments: planCallArguments(model.arguments, given, `${request.path}.args.args`),
  };
}
