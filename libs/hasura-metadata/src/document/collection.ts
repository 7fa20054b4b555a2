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

/** For everybody, or for the roles that it names. */
export const allowScope: Shape<AllowScope> = (value, path) => {
  if (!isObject(value)) throw new MetadataFault(path, 'parsing AllowlistScope failed, expected Object');
  if (boolean(value['global'], [...path, 'global'])) {
    if (value['roles'] === undefined) return { global: true };
    throw new MetadataFault(path, 'roles not allowed when global is true');
  }
  const roles = list(nonEmptyText)(value['roles'], [...path, 'roles']);
  if (roles.length === 0) throw new MetadataFault([...path, 'roles'], 'roles cannot be empty');
  if (new Set(roles).size === roles.length) return { global: false, roles };
  throw new MetadataFault([...path, 'roles'], 'duplicate roles are not allowed');
};

export const allowListEntry = object('AllowlistEntry', {
  collection: required(nonEmptyText),
  scope: defaulted(allowScope, { global: true }),
});
export type AllowListEntry = Shaped<typeof allowListEntry>;

const method = oneOf('GET', 'POST', 'PUT', 'DELETE', 'PATCH');

/** A list of methods, each once. */
const methods: Shape<readonly Shaped<typeof method>[]> = (value, path) => [
  ...new Set(list(method)(value, path)),
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
export const allowList = named('allow list entries', allowListEntry, ({ collection }) => collection);
export const restEndpoints = named('rest endpoints', restEndpoint, byName);
