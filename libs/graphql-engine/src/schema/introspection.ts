import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLIncludeDirective,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLSkipDirective,
  lexicographicSortSchema,
} from 'graphql';
import type { RootType } from './root-type';

const cached = new GraphQLDirective({
  name: 'cached',
  description: 'whether this query should be cached (Hasura Cloud only)',
  locations: [DirectiveLocation.QUERY],
  args: {
    ttl: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 60, description: 'measured in seconds' },
    refresh: {
      type: new GraphQLNonNull(GraphQLBoolean),
      defaultValue: false,
      description: 'refresh the cache entry',
    },
  },
});

/** A role's types as one graphql-js schema. Hasura lists types, fields and values by name, and so do we. */
export function introspectionSchema(roots: {
  query: RootType;
  mutation?: RootType;
  subscription?: RootType;
}): GraphQLSchema {
  const directives = [GraphQLIncludeDirective, GraphQLSkipDirective, cached];
  const types = {
    query: roots.query.type(),
    mutation: roots.mutation?.type(),
    subscription: roots.subscription?.type(),
  };
  return lexicographicSortSchema(new GraphQLSchema({ ...types, directives, assumeValid: true }));
}
