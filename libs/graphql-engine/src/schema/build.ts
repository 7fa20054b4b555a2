import { GraphQLString, type GraphQLSchema } from 'graphql';
import type { Model, SelectPermission, TableModel } from '../model';
import type { RootPlanned } from '../planner';
import { boolExpType } from './arguments/bool-exp';
import { comparisonType } from './arguments/comparison';
import { RoleContext, type Builders, type RoleOptions } from './context';
import { field, type FieldMap } from './field';
import { federationRoots } from './federation';
import { introspectionSchema } from './introspection';
import { mutationFields } from './mutations';
import { underNamespace } from './namespace';
import { relayRoots } from './relay/roots';
import { RootType, type RootFields } from './root-type';
import { functionRoots } from './roots/functions';
import { selectRoot } from './roots/select';
import { selectAggregateRoot } from './roots/select-aggregate';
import { selectByPkRoot } from './roots/select-by-pk';
import { selectStreamRoot } from './roots/select-stream';
import { rowType } from './tables/object-type';
import { visible, type VisibleTable } from './tables/visible';

/** What one role can say: root types whose fields carry their planners. Everything is made when first looked at. */
export interface RoleSchema {
  readonly role: string;
  readonly context: RoleContext;
  readonly query: RootType;
  /** Absent when the role can change nothing. */
  readonly mutation?: RootType;
  readonly subscription?: RootType;
  /** All of it as graphql-js sees it, in the order of names: for introspection and SDL. */
  readonly graphql: () => GraphQLSchema;
}

export function buildRoleSchema(model: Model, role: string, options: Partial<RoleOptions> = {}): RoleSchema {
  const context = roleContext(model, role, options);
  const root = (kind: string, fields: RootFields, description?: string) =>
    new RootType(`${kind}_root`, model, underNamespace(context, kind, fields), description);
  const mutation = root('mutation', mutationRoots(context), 'mutation root');
  const subscription = root('subscription', subscriptionRoots(context));
  const graphql: () => GraphQLSchema = lazily(() => introspectionSchema(roots));
  const roots = {
    query: root('query', queryRoots(context, subscription, graphql)),
    ...(!mutation.isEmpty && { mutation }),
    ...(!subscription.isEmpty && { subscription }),
  };
  return { role, context, ...roots, graphql };
}

/** The model as one role may see it; its schema is built from this. */
export function roleContext(model: Model, role: string, options: Partial<RoleOptions> = {}): RoleContext {
  return new RoleContext(model, role, { backend: false, relay: false, ...options }, builders);
}

const builders: Builders = { row: rowType, condition: boolExpType, comparison: comparisonType };

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

type ReadRoot = 'select' | 'select_by_pk' | 'select_aggregate';

const reads: readonly (readonly [ReadRoot, (context: RoleContext, seen: VisibleTable) => FieldMap])[] = [
  ['select', selectRoot],
  ['select_aggregate', selectAggregateRoot],
  ['select_by_pk', selectByPkRoot],
];

// What can be queried can be subscribed to, unless a permission says otherwise: so the latter tells of the former.
function queryRoots(context: RoleContext, subscription: RootType, schema: () => GraphQLSchema): RootFields {
  if (context.options.relay) return relayRoots(context);
  return {
    ofTable: table => readRoots(context, table, permission => permission.queryRootFields),
    others: () => {
      const fields = { ...functionRoots(context, 'query'), ...federationRoots(context, schema) };
      return subscription.isEmpty ? { ...fields, ...nothingToQuery } : fields;
    },
  };
}

function subscriptionRoots(context: RoleContext): RootFields {
  if (context.options.relay) return relayRoots(context);
  return {
    ofTable: table => {
      const seen = visible(context, table);
      const fields = readRoots(context, table, permission => permission.subscriptionRootFields);
      return seen ? { ...fields, ...selectStreamRoot(context, seen) } : fields;
    },
    others: () => functionRoots(context, 'query'),
  };
}

function mutationRoots(context: RoleContext): RootFields {
  return {
    ofTable: table => mutationFields(context, table),
    others: () => functionRoots(context, 'mutation'),
  };
}

function readRoots(
  context: RoleContext,
  table: TableModel,
  wantedOf: (permission: SelectPermission) => ReadonlySet<string> | undefined,
): FieldMap {
  const seen = visible(context, table);
  if (!seen) return {};
  const wanted = wantedOf(seen.permission);
  const made = reads.filter(([kind]) => !wanted || wanted.has(kind)).map(([, make]) => make(context, seen));
  return Object.assign({}, ...made) as FieldMap;
}

// GraphQL wants at least one field.
const nothingToQuery: FieldMap = {
  no_queries_available: field<RootPlanned>({
    type: GraphQLString,
    description:
      'There are no queries available to the current role. Either there are no sources or remote schemas configured, ' +
      "or the current role doesn't have the required permissions.",
    plan: () => ({ kind: 'json', json: 'null' }),
  }),
};
