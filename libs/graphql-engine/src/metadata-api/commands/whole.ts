import {
  boolean,
  either,
  emptyMetadata,
  isObject,
  jsonObject,
  list,
  MetadataFault,
  nonEmptyText,
  object,
  optional,
  parseMetadata,
  required,
  type Metadata,
  type Path,
  type Shape,
} from '@nself/hasura-metadata';
import { EngineError } from '../../executor';
import { quoted, servedSource } from '../../model';
import { command, question, refusal, success } from '../command';
import { editSource } from '../edit/edit';
import type { Inconsistent, Workspace } from '../workspace';

const nothing: Shape<undefined> = () => undefined;

/** Version 1 answers the document; version 2 (and the outer `version: 2`) puts it beside its resource version. */
export const exportMetadata = question('export_metadata', nothing, (_, { metadata }) =>
  Promise.resolve(metadata),
);

export const exportMetadataWithVersion = question('export_metadata_v2', nothing, (_, work) =>
  Promise.resolve({ resource_version: work.resourceVersion, metadata: work.metadata }),
);

interface Replacement {
  readonly metadata: Metadata;
  readonly allowInconsistent: boolean;
  readonly resourceVersion?: number;
}

/** The document itself, or `{metadata, allow_inconsistent_metadata, resource_version}`. */
const replacement: Shape<Replacement> = (value, path) => {
  if (!isObject(value)) throw new MetadataFault(path, 'parsing ReplaceMetadata failed, expected Object');
  const wrapped = 'metadata' in value;
  const metadata = wrapped
    ? parseMetadata(value['metadata'], [...path, 'metadata'])
    : parseMetadata(value, path);
  const version = value['resource_version'];
  return {
    metadata,
    allowInconsistent: !wrapped || value['allow_inconsistent_metadata'] === true,
    ...(wrapped && typeof version === 'number' && { resourceVersion: version }),
  };
};

/** What is not there in an older document (it knew one source) is taken over from the one that is served. */
function keepConnection(next: Metadata, { metadata }: Workspace): Metadata {
  const served = servedSource(metadata);
  const replaced = servedSource(next);
  if (!served || !replaced || replaced.name !== served.name) return next;
  if (Object.keys(replaced.configuration).length > 0) return next;
  return editSource(next, source => ({ ...source, configuration: served.configuration }));
}

async function replace(given: Replacement, work: Workspace): Promise<Inconsistent[]> {
  const { resourceVersion } = given;
  if (resourceVersion !== undefined) work.requireVersion(resourceVersion);
  const before = work.state.inconsistencies;
  await work.accept(keepConnection(given.metadata, work));
  const faults = work.state.inconsistencies.filter(
    fault => given.allowInconsistent || !before.includes(fault),
  );
  if (faults.length > 0 && !given.allowInconsistent) {
    const message = 'cannot continue due to inconsistent metadata';
    throw new EngineError('unexpected', message, { path: '$.args', status: 400, internal: faults });
  }
  return [...faults];
}

export const replaceMetadata = command('replace_metadata', replacement, async (given, work) => {
  await replace(given, work);
  return success;
});

export const replaceMetadataWithFaults = command('replace_metadata_v2', replacement, async (given, work) => {
  const inconsistent_objects = await replace(given, work);
  return { is_consistent: inconsistent_objects.length === 0, inconsistent_objects };
});

const allOrSome = either(boolean, list(nonEmptyText));
const reload = object('ReloadMetadata', {
  reload_sources: optional(allOrSome),
  reload_remote_schemas: optional(allOrSome),
  recreate_event_triggers: optional(allOrSome),
});

const reloading: Shape<ReturnType<typeof reload>> = (value, path) => reload(value ?? {}, path);

/** Everything is read again, whatever is named; but it must be there. */
function requireNamed(what: string, names: boolean | readonly string[] | undefined, known: readonly Part[]) {
  if (typeof names !== 'object') return;
  const missing = names.find(wanted => !known.some(({ name }) => name === wanted));
  if (missing === undefined) return;
  throw refusal('not-exists', `${what} with name ${quoted(missing)} not found in metadata`);
}

export const reloadMetadata = command('reload_metadata', reloading, async (given, work) => {
  const { sources, remote_schemas = [] } = work.metadata;
  requireNamed('Source', given.reload_sources, sources);
  requireNamed('Source', given.recreate_event_triggers, sources);
  requireNamed('Remote schema', given.reload_remote_schemas, remote_schemas);
  await work.readCatalogue();
  await work.accept(work.metadata);
  const { inconsistencies } = work.state;
  const faults = inconsistencies.length > 0 ? { inconsistent_objects: inconsistencies } : {};
  return { message: 'success', is_consistent: inconsistencies.length === 0, ...faults };
});

export const clearMetadata = command('clear_metadata', nothing, async (_, work) => {
  const served = servedSource(work.metadata);
  const { functions: _functions, customization: _customization, ...bare } = { ...served };
  const sources = served ? [{ ...served, ...bare, functions: [], customization: {}, tables: [] }] : [];
  await work.accept({ ...emptyMetadata, sources });
});

export const getInconsistentMetadata = question('get_inconsistent_metadata', nothing, (_, { state }) => {
  const { inconsistencies } = state;
  return Promise.resolve({
    is_consistent: inconsistencies.length === 0,
    inconsistent_objects: inconsistencies,
  });
});

/** Metadata without what is inconsistent; what depends on that becomes inconsistent in turn, until nothing is. */
export const dropInconsistentMetadata = command('drop_inconsistent_metadata', nothing, async (_, work) => {
  for (let before = -1; work.state.inconsistencies.length > 0;) {
    const { inconsistencies } = work.state;
    if (inconsistencies.length === before) break;
    before = inconsistencies.length;
    await work.accept(withoutInconsistent(work.metadata, inconsistencies));
  }
  return success;
});

function withoutInconsistent(metadata: Metadata, faults: readonly Inconsistent[]): Metadata {
  const bad = (type: string, name: string, within?: string) =>
    faults.some(fault => fault.name === `${type} ${name}${within ?? ''}`);
  return dropNamed(metadata, bad, faults);
}

type IsBad = (type: string, name: string, within?: string) => boolean;
type Part = { readonly name: string };
type Entry = { readonly role: string };

function dropNamed(metadata: Metadata, bad: IsBad, faults: readonly Inconsistent[]): Metadata {
  const conflicting = new Set(
    faults.flatMap(({ conflicts }) =>
      Array.isArray(conflicts) ? (conflicts as Part[]).map(({ name }) => name) : [],
    ),
  );
  const sources = metadata.sources
    .filter(({ name }) => !bad('source', name))
    .map(source => ({ ...source, ...healthyParts(source, bad) }));
  const roles = new Set(faults.filter(({ entity }) => entity !== undefined).map(({ name }) => name));
  return {
    ...metadata,
    sources,
    inherited_roles: (metadata.inherited_roles ?? []).filter(
      ({ role_name }) => !roles.has(role_name) && !bad('inherited role', role_name),
    ),
    rest_endpoints: (metadata.rest_endpoints ?? []).filter(
      ({ name }) => !bad('rest_endpoint', name) && !conflicting.has(name),
    ),
    query_collections: (metadata.query_collections ?? []).map(collection => ({
      ...collection,
      definition: {
        queries: collection.definition.queries.filter(
          ({ name }) => !bad('query_collections', name, ` in ${collection.name}`),
        ),
      },
    })),
  };
}

function healthyParts(source: Metadata['sources'][number], bad: IsBad): Partial<Metadata['sources'][number]> {
  const inSource = ` in source ${source.name}`;
  const bare = ({ schema, name }: { schema: string; name: string }) =>
    schema === 'public' ? name : `${schema}.${name}`;
  const tables = source.tables
    .filter(({ table }) => !bad('table', bare(table), inSource))
    .map(table => {
      const within = ` in table ${bare(table.table)}${inSource}`;
      const parts = <T extends Part>(type: string, items: readonly T[] | undefined) =>
        (items ?? []).filter(({ name }) => !bad(type, name, within));
      const entries = <T extends Entry>(type: string, items: readonly T[] | undefined) =>
        (items ?? []).filter(({ role }) => !bad(type, role, within));
      return {
        ...table,
        object_relationships: parts('object_relation', table.object_relationships),
        array_relationships: parts('array_relation', table.array_relationships),
        computed_fields: parts('computed_field', table.computed_fields),
        remote_relationships: parts('remote_relationship', table.remote_relationships),
        event_triggers: parts('event_trigger', table.event_triggers),
        insert_permissions: entries('insert_permission', table.insert_permissions),
        select_permissions: entries('select_permission', table.select_permissions),
        update_permissions: entries('update_permission', table.update_permissions),
        delete_permissions: entries('delete_permission', table.delete_permissions),
      };
    });
  const functions = (source.functions ?? []).filter(
    ({ function: fn }) => !bad('function', bare(fn), inSource),
  );
  return { tables, functions };
}

const stateNames = { cli: 'cli_state', console: 'console_state' } as const;
const settingState = object('SetCatalogState', { type: required(stateType), state: required(jsonObject) });

function stateType(value: unknown, path: Path): keyof typeof stateNames {
  if (value === 'cli' || value === 'console') return value;
  throw new MetadataFault(path, `unexpected value for type, expected "cli" or "console"`);
}

/** What the command line and the console of Hasura keep for themselves. */
export const getCatalogState = question('get_catalog_state', nothing, async (_, { transaction }) => {
  const rows = await transaction.query<{ id: string; cli_state: unknown; console_state: unknown }>(
    'select hasura_uuid as id, cli_state, console_state from hdb_catalog.hdb_version',
  );
  return rows[0] ?? {};
});

export const setCatalogState = command(
  'set_catalog_state',
  settingState,
  async ({ type, state }, { transaction }) => {
    await transaction.query(`update hdb_catalog.hdb_version set ${stateNames[type]} = $1::jsonb`, [
      JSON.stringify(state),
    ]);
  },
);
