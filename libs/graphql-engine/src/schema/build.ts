import { GraphQLObjectType, GraphQLString, type GraphQLSchema } from 'graphql';
import type { Model } from '../model';
import type { RootPlanned } from '../planner';
import { boolExpType } from './arguments/bool-exp';
import { comparisonType } from './arguments/comparison';
import { RoleContext, type Builders, type RoleOptions } from './context';
import { field, type FieldMap } from './field';
import { introspectionSchema } from './introspection';
import { mutationFields } from './mutations';
import { relayRoots } from './relay/roots';
import { functionRoots } from './roots/functions';
import { selectRoot } from './roots/select';
import { selectAggregateRoot } from './roots/select-aggregate';
import { selectByPkRoot } from './roots/select-by-pk';
import { selectStreamRoot } from './roots/select-stream';
import { rowType } from './tables/object-type';
import { visible, type VisibleTable } from './tables/visible';

/** What one role can say: root types whose fields carry their planners. Types inside are made when first looked at. */
export interface RoleSchema {
  readonly role: string;
  readonly context: RoleContext;
  readonly query: GraphQLObjectType;
  readonly mutation?: GraphQLObjectType;
  readonly subscription?: GraphQLObjectType;
  /** All of it as graphql-js sees it, in the order of names: for introspection and SDL. Made when first asked for. */
  readonly graphql: () => GraphQLSchema;
}

/** The model as one role may see it; its schema is built from this. */
export function roleContext(model: Model, role: string, options: Partial<RoleOptions> = {}): RoleContext {
  return new RoleContext(model, role, { backend: false, relay: false, ...options }, builders);
}

const builders: Builders = { row: rowType, condition: boolExpType, comparison: comparisonType };

export function buildRoleSchema(model: Model, role: string, options: Partial<RoleOptions> = {}): RoleSchema {
  const context = roleContext(model, role, options);
  const mutations = { ...mutationRoots(context), ...functionRoots(context, 'mutation') };
  const subscriptions = subscriptionRoots(context);
  const roots = {
    query: rootObject('query_root', orNothing(queryRoots(context))),
    ...(isFilled(mutations) && { mutation: rootObject('mutation_root', mutations, 'mutation root') }),
    ...(isFilled(subscriptions) && { subscription: rootObject('subscription_root', subscriptions) }),
  };
  return { role, context, ...roots, graphql: lazily(() => introspectionSchema(roots)) };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const isFilled = (fields: FieldMap) => Object.keys(fields).length > 0;

function rootObject(name: string, fields: FieldMap, description?: string): GraphQLObjectType {
  return new GraphQLObjectType({ name, description, fields });
}

type ReadRoot = 'select' | 'select_by_pk' | 'select_aggregate';

const reads: readonly (readonly [ReadRoot, (context: RoleContext, seen: VisibleTable) => FieldMap])[] = [
  ['select', selectRoot],
  ['select_aggregate', selectAggregateRoot],
  ['select_by_pk', selectByPkRoot],
];

function queryRoots(context: RoleContext): FieldMap {
  if (context.options.relay) return relayRoots(context);
  const tables = visibleTables(context).map(seen =>
    readRoots(context, seen, seen.permission.queryRootFields),
  );
  return Object.assign({}, ...tables, functionRoots(context, 'query')) as FieldMap;
}

function subscriptionRoots(context: RoleContext): FieldMap {
  if (context.options.relay) return relayRoots(context);
  const tables = visibleTables(context).map(seen => ({
    ...readRoots(context, seen, seen.permission.subscriptionRootFields),
    ...selectStreamRoot(context, seen),
  }));
  return Object.assign({}, ...tables, functionRoots(context, 'query')) as FieldMap;
}

function mutationRoots(context: RoleContext): FieldMap {
  return Object.assign(
    {},
    ...[...context.model.tables.values()].map(table => mutationFields(context, table)),
  ) as FieldMap;
}

function visibleTables(context: RoleContext): readonly VisibleTable[] {
  return [...context.model.tables.values()].flatMap(table => visible(context, table) ?? []);
}

function readRoots(
  context: RoleContext,
  seen: VisibleTable,
  wanted: ReadonlySet<string> | undefined,
): FieldMap {
  const made = reads.filter(([kind]) => !wanted || wanted.has(kind)).map(([, make]) => make(context, seen));
  return Object.assign({}, ...made) as FieldMap;
}

// GraphQL wants at least one field.
function orNothing(fields: FieldMap): FieldMap {
  if (isFilled(fields)) return fields;
  return {
    no_queries_available: field<RootPlanned>({
      type: GraphQLString,
      description:
        "There are no queries available to the current role. Either there are no sources or remote schemas configured, or the current role doesn't have the required permissions.",
      plan: () => ({ kind: 'json', json: 'null' }),
    }),
  };
}
