import { GraphQLNonNull, type GraphQLInputObjectType, type GraphQLInputType } from 'graphql';
import type { Argument } from '../../ir';
import type { FunctionArgumentModel } from '../../model';
import { EngineError } from '../../executor';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { codecOf, typeOf } from '../scalars';
import { sessionJson } from '../tables/visible';

/** The `args` input of a function: what the engine does not fill itself. Nothing when there is nothing to give. */
export function argumentsType(
  context: RoleContext,
  name: string,
  all: readonly FunctionArgumentModel[],
): GraphQLInputObjectType | undefined {
  const own = all.filter(argument => argument.fill === undefined);
  if (own.length === 0) return undefined;
  return context.input(name, () => ({
    fields: () =>
      Object.fromEntries(
        own.map(argument => [argument.graphqlName, { type: typeOf(context, argument.type) }]),
      ),
  }));
}

/** Whether a call needs `args` at all. */
export function argumentsAreRequired(all: readonly FunctionArgumentModel[]): boolean {
  return all.some(argument => argument.fill === undefined && !argument.hasDefault);
}

export function orRequired(
  type: GraphQLInputObjectType,
  all: readonly FunctionArgumentModel[],
): GraphQLInputType {
  return argumentsAreRequired(all) ? new GraphQLNonNull(type) : type;
}

/**
 * Arguments in the function's order. As in SQL, one that has a default can be left out, and the ones after it are
 * then passed by name, so they must have one.
 */
export function planCallArguments(
  all: readonly FunctionArgumentModel[],
  input: Input | undefined,
  path: string,
): readonly Argument[] {
  const given = input && !input.isNull ? input.fields() : new Map<string, Input>();
  const planned: Argument[] = [];
  let byName = false;
  for (const argument of all) {
    const value = valueOf(argument, given.get(argument.graphqlName), path);
    if (value) planned.push(byName ? { name: nameOf(argument, path), value } : { value });
    else byName = true;
  }
  return planned;
}

function nameOf({ name }: FunctionArgumentModel, path: string): string {
  if (name !== undefined) return name;
  throw new EngineError('not-supported', 'Only last set of positional arguments can be omitted', { path });
}

function valueOf(
  argument: FunctionArgumentModel,
  input: Input | undefined,
  path: string,
): Argument['value'] | undefined {
  if (argument.fill === 'row') return { kind: 'row' };
  if (argument.fill === 'session') return sessionJson;
  if (input) return input.nullableParam(argument.type, codecOf(argument.type).encode);
  if (argument.hasDefault) return undefined;
  throw new EngineError('not-supported', 'Non default arguments cannot be omitted', { path });
}
