import {
  boolean,
  defaulted,
  isObject,
  list,
  MetadataFault,
  named,
  nonEmptyText,
  object,
  optional,
  oneOf,
  required,
  text,
  type Path,
  type Shape,
  type Shaped,
} from '../shapes';

export const listedQuery = object('ListedQuery', { name: required(nonEmptyText), query: required(text) });
export type ListedQuery = Shaped<typeof listedQuery>;

export const queryCollection = object('CreateCollection', {
  name: required(nonEmptyText),
  definition: required(object('CollectionDef', { queries: required(list(listedQuery)) })),
  comment: optional(text),
});
export type QueryCollection = Shaped<typeof queryCollection>;

export type AllowScope =
  { readonly global: true } | { readonly global: false; readonly roles: readonly string[] };

const globalScope = object('AllowlistScope', { global: required(boolean) });
const roleScope = object('AllowlistScope', { roles: required(list(nonEmptyText)) });

/** For everybody, or for the roles that it names. */
export const allowScope: Shape<AllowScope> = (value, path) => {
  const { global } = globalScope(value, path);
  if (!global) return { global, roles: someRoles(roleScope(value, path).roles, [...path, 'roles']) };
  if (!isObject(value) || value['roles'] === undefined) return { global };
  throw new MetadataFault(path, 'roles are not allowed when global is true');
};

function someRoles(roles: readonly string[], path: Path): readonly string[] {
  if (new Set(roles).size === roles.length) return atLeastOne(roles, path);
  throw new MetadataFault(path, 'duplicate roles are not allowed');
}

function atLeastOne<T>(items: readonly T[], path: Path): readonly T[] {
  if (items.length > 0) return items;
  throw new MetadataFault(path, 'parsing NonEmpty failed, unexpected empty list');
}

export const allowListEntry = object('AllowlistEntry', {
  collection: required(nonEmptyText),
  scope: defaulted(allowScope, { global: true }),
});
export type AllowListEntry = Shaped<typeof allowListEntry>;

const method = oneOf('GET', 'POST', 'PUT', 'DELETE', 'PATCH');

/** A list of methods, each once. */
const methods: Shape<readonly Shaped<typeof method>[]> = (value, path) => [
  ...new Set(atLeastOne(list(method)(value, path), path)),
];

export const restEndpoint = object('EndpointMetadata', {
  comment: optional(text),
  definition: required(
    object('EndpointDef', {
      query: required(
        object('QueryReference', {
          collection_name: required(nonEmptyText),
          query_name: required(nonEmptyText),
        }),
      ),
    }),
  ),
  methods: required(methods),
  name: required(nonEmptyText),
  url: required(nonEmptyText),
});
export type RestEndpoint = Shaped<typeof restEndpoint>;

const byName = ({ name }: { readonly name: string }) => name;
export const queryCollections = named('query collections', queryCollection, byName);
export const allowList = named('allowlist entries', allowListEntry, ({ collection }) => collection);
export const restEndpoints = named('rest endpoints', restEndpoint, byName);
