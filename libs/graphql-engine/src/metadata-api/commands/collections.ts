import {
  allowListEntry,
  allowScope,
  boolean,
  flag,
  listedQuery,
  MetadataFault,
  nonEmptyText,
  object,
  queryCollection,
  required,
  restEndpoint,
  text,
  type AllowListEntry,
  type Metadata,
  type QueryCollection,
  type Shape,
} from '@nself/hasura-metadata';
import { parse } from 'graphql';
import { quoted, restEndpointObject } from '../../model';
import { command, refusal, success } from '../command';
import { removed } from '../edit/edit';

const readable = (query: string, path: readonly (string | number)[]) => {
  try {
    parse(query);
  } catch (error) {
    throw new MetadataFault(path, error instanceof Error ? error.message : 'not a GraphQL document');
  }
};

const parsedQuery: Shape<{ readonly name: string; readonly query: string }> = (value, path) => {
  const listed = listedQuery(value, path);
  readable(listed.query, [...path, 'query']);
  return listed;
};

const parsedCollection: Shape<QueryCollection> = (value, path) => {
  const collection = queryCollection(value, path);
  for (const [i, { query }] of collection.definition.queries.entries()) {
    readable(query, [...path, 'definition', 'queries', i, 'query']);
  }
  return collection;
};

function requireCollection(metadata: Metadata, name: string): QueryCollection {
  const found = metadata.query_collections?.find(collection => collection.name === name);
  if (found) return found;
  throw refusal('not-exists', `query collection with name ${quoted(name)} does not exist`);
}

function editCollection(
  metadata: Metadata,
  name: string,
  change: (collection: QueryCollection) => QueryCollection,
): Metadata {
  const target = requireCollection(metadata, name);
  const collections = metadata.query_collections ?? [];
  return { ...metadata, query_collections: collections.map(item => (item === target ? change(item) : item)) };
}

const fullName = (query: string, collection: string) => `query_collections ${query} in ${collection}`;

export const createQueryCollection = command(
  'create_query_collection',
  parsedCollection,
  async (collection, work) => {
    const { metadata } = work;
    const collections = metadata.query_collections ?? [];
    if (collections.some(({ name }) => name === collection.name)) {
      throw refusal('already-exists', `query collection with name ${quoted(collection.name)} already exists`);
    }
    await work.acceptFor({ ...metadata, query_collections: [...collections, collection] }, '');
  },
);

const renaming = object('RenameCollection', {
  name: required(nonEmptyText),
  new_name: required(nonEmptyText),
});

/** Endpoints and the allow list follow. */
export const renameQueryCollection = command(
  'rename_query_collection',
  renaming,
  async ({ name, new_name }, work) => {
    const { metadata } = work;
    if (metadata.query_collections?.some(collection => collection.name === new_name)) {
      throw refusal('already-exists', `query collection with name ${quoted(new_name)} already exists`);
    }
    const renamed = editCollection(metadata, name, collection => ({ ...collection, name: new_name }));
    await work.accept({
      ...renamed,
      allowlist: (metadata.allowlist ?? []).map(entry =>
        entry.collection === name ? { ...entry, collection: new_name } : entry,
      ),
      rest_endpoints: (metadata.rest_endpoints ?? []).map(endpoint => {
        const { query } = endpoint.definition;
        if (query.collection_name !== name) return endpoint;
        return { ...endpoint, definition: { query: { ...query, collection_name: new_name } } };
      }),
    });
  },
);

const dropping = object('DropCollection', { collection: required(nonEmptyText), cascade: flag(boolean) });

export const dropQueryCollection = command(
  'drop_query_collection',
  dropping,
  async ({ collection, cascade }, work) => {
    const { metadata } = work;
    requireCollection(metadata, collection);
    const allowed = (metadata.allowlist ?? []).some(entry => entry.collection === collection);
    if (allowed && !cascade) {
      const what = `query collection with name ${quoted(collection)} is present in the allowlist`;
      throw refusal(
        'dependency-error',
        `${what}; cannot proceed to drop. please use cascade to confirm drop`,
      );
    }
    await work.acceptWithout({
      ...metadata,
      query_collections: (metadata.query_collections ?? []).filter(({ name }) => name !== collection),
      allowlist: (metadata.allowlist ?? []).filter(entry => entry.collection !== collection),
    });
  },
);

const adding: Shape<{ collection: string; query: { name: string; query: string } }> = (value, path) => {
  const { collection_name } = object('AddQueryToCollection', { collection_name: required(nonEmptyText) })(
    value,
    path,
  );
  const { query_name, query } = object('AddQueryToCollection', {
    query_name: required(nonEmptyText),
    query: required(text),
  })(value, path);
  return { collection: collection_name, query: parsedQuery({ name: query_name, query }, path) };
};

export const addQueryToCollection = command(
  'add_query_to_collection',
  adding,
  async ({ collection, query }, work) => {
    const { queries } = requireCollection(work.metadata, collection).definition;
    if (queries.some(({ name }) => name === query.name)) {
      const what = `query with name ${quoted(query.name)} already exists in collection ${quoted(collection)}`;
      throw refusal('already-exists', what);
    }
    const next = editCollection(work.metadata, collection, old => ({
      ...old,
      definition: { queries: [...queries, query] },
    }));
    await work.acceptFor(next, fullName(query.name, collection));
  },
);

const removing = object('DropQueryFromCollection', {
  collection_name: required(nonEmptyText),
  query_name: required(nonEmptyText),
});

export const dropQueryFromCollection = command(
  'drop_query_from_collection',
  removing,
  async ({ collection_name, query_name }, work) => {
    const { queries } = requireCollection(work.metadata, collection_name).definition;
    const what = `query with name ${quoted(query_name)} not found in collection ${quoted(collection_name)}`;
    const kept = removed(queries, ({ name }) => name === query_name, refusal('not-found', what));
    const next = editCollection(work.metadata, collection_name, old => ({
      ...old,
      definition: { queries: kept },
    }));
    await work.acceptWithout(next);
  },
);

export const addCollectionToAllowList = command(
  'add_collection_to_allowlist',
  allowListEntry,
  async (entry, work) => {
    const { metadata } = work;
    requireCollection(metadata, entry.collection);
    const entries = metadata.allowlist ?? [];
    const known = entries.find(({ collection }) => collection === entry.collection);
    if (known) return { message: alreadyAllowed(entry, known) };
    await work.accept({ ...metadata, allowlist: [...entries, entry] });
    return success;
  },
);

/** Not an error: whoever adds it again wants it there, and it is. */
function alreadyAllowed(entry: AllowListEntry, known: AllowListEntry): string {
  const there = `collection ${quoted(entry.collection)} already exists in the allowlist`;
  if (JSON.stringify(known.scope) === JSON.stringify(entry.scope)) return there;
  return `${there}, scope ignored; to change scope, use update_scope_of_collection_in_allowlist`;
}

const rescoping = object('UpdateScopeOfCollectionInAllowlist', {
  collection: required(nonEmptyText),
  scope: required(allowScope),
});

export const updateScopeInAllowList = command(
  'update_scope_of_collection_in_allowlist',
  rescoping,
  async (entry, work) => {
    const { metadata } = work;
    const missing = refusal(
      'not-found',
      `collection ${quoted(entry.collection)} doesn't exist in the allowlist`,
    );
    const others = removed(metadata.allowlist, ({ collection }) => collection === entry.collection, missing);
    await work.accept({ ...metadata, allowlist: [...others, entry] });
  },
);

const generatedParser = 'Hasura.RQL.Types.Allowlist.DropCollectionFromAllowlist(DropCollectionFromAllowlist)';
const disallowing = object(generatedParser, { collection: required(nonEmptyText) });

export const dropCollectionFromAllowList = command(
  'drop_collection_from_allowlist',
  disallowing,
  async (given, work) => {
    const { metadata } = work;
    const missing = refusal(
      'not-found',
      `collection ${quoted(given.collection)} doesn't exist in the allowlist`,
    );
    const kept = removed(metadata.allowlist, ({ collection }) => collection === given.collection, missing);
    await work.accept({ ...metadata, allowlist: kept });
  },
);

export const createRestEndpoint = command('create_rest_endpoint', restEndpoint, async (endpoint, work) => {
  const { metadata } = work;
  const others = metadata.rest_endpoints ?? [];
  if (others.some(({ name }) => name === endpoint.name))
    throw refusal('already-exists', `Endpoint with name: ${endpoint.name} already exists`);
  const next = { ...metadata, rest_endpoints: [...others, endpoint] };
  await work.acceptFor(next, restEndpointObject(endpoint.name, endpoint).name, `Ambiguous URL paths: `);
});

const droppingEndpoint = object('DropEndpoint', { name: required(nonEmptyText) });

export const dropRestEndpoint = command('drop_rest_endpoint', droppingEndpoint, async (given, work) => {
  const { metadata } = work;
  const missing = refusal('not-exists', `endpoint with name: ${given.name} does not exist`);
  const kept = removed(metadata.rest_endpoints, ({ name }) => name === given.name, missing);
  await work.accept({ ...metadata, rest_endpoints: kept });
});
