import { GraphQLNonNull } from 'graphql';
import type { RootPlanned } from '../planner';
import type { RoleContext } from './context';
import { field } from './field';
import { RootType, type RootFields } from './root-type';

/** A source can put all of its root fields under one field (`root_fields.namespace`). */
export function underNamespace(context: RoleContext, kind: string, fields: RootFields): RootFields {
  const namespace = context.model.options.rootNamespace;
  if (namespace === undefined) return fields;
  const inner = new RootType(`${namespace}_${kind}`, context.model, fields);
  if (inner.isEmpty) return { ofTable: () => ({}), others: () => ({}) };
  const outer = field<RootPlanned>({
    type: new GraphQLNonNull(inner.type()),
    plan: request => {
      const typename = (name: string): RootPlanned => ({ kind: 'json', json: JSON.stringify(name) });
      return { kind: 'group', as: 'object', members: request.selectionOf(inner).plan<RootPlanned>(typename) };
    },
  });
  return { ofTable: () => ({}), others: () => ({ [namespace]: outer }) };
}
