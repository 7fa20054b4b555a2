import type {
  GraphQLFieldConfig,
  GraphQLFieldConfigArgumentMap,
  GraphQLInputFieldConfig,
  GraphQLInputType,
  GraphQLOutputType,
} from 'graphql';
import { type Input, plannerKey, type Planner } from '../planner';

/**
 * A field is a type and a planner in one value, made in one place: a role whose schema lacks the field has no way to
 * plan it, and one that has it plans it with that role's permissions.
 */
export interface FieldSpec<T> {
  readonly type: GraphQLOutputType;
  readonly args?: GraphQLFieldConfigArgumentMap;
  readonly description?: string;
  readonly plan: Planner<T>;
}

export type Field = GraphQLFieldConfig<unknown, unknown>;
export type FieldMap = Record<string, Field>;

export function field<T>({ plan, ...config }: FieldSpec<T>): Field {
  return { ...config, extensions: { [plannerKey]: plan } };
}

/** The same for members of input objects: what they plan depends on the object they belong to. */
export interface InputFieldSpec<P> {
  readonly type: GraphQLInputType;
  readonly description?: string;
  readonly plan: P;
}

export type InputFieldMap = Record<string, GraphQLInputFieldConfig>;

export function inputField<P>({ plan, ...config }: InputFieldSpec<P>): GraphQLInputFieldConfig {
  return { ...config, extensions: { [plannerKey]: plan } };
}

/** The members that a client gave, each with its planner. */
export function plannedMembers<P>(input: Input): readonly { name: string; value: Input; plan: P }[] {
  const fields = input.objectType().getFields();
  return [...input.fields()].map(([name, value]) => ({
    name,
    value,
    plan: fields[name]?.extensions[plannerKey] as P,
  }));
}
