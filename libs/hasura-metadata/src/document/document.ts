import {
  defaulted,
  filled,
  isObject,
  jsonObject,
  MetadataFault,
  named,
  object,
  optional,
  required,
  some,
  type Path,
  type Shape,
  type Shaped,
} from '../shapes';
import { action, anyCustomTypes } from './action';
import { allowList, queryCollections, restEndpoints } from './collection';
import { cronTrigger } from './cron-trigger';
import { apiLimits, inheritedRole, introspectionOptions, metricsConfig, network } from './limits';
import { remoteSchema } from './remote-schema';
import { source } from './source';

const versionThree: Shape<3> = (value, path) => {
  if (value === 3) return 3;
  throw new MetadataFault(path, `unsupported metadata version: ${String(value)}`);
};

const nameOf = ({ name }: { readonly name: string }) => name;

const document = object('Metadata', {
  version: required(versionThree),
  sources: defaulted(named('sources', source, nameOf), []),
  remote_schemas: some(named('remote schemas', remoteSchema, nameOf)),
  query_collections: some(queryCollections),
  allowlist: some(allowList),
  actions: some(named('actions', action, nameOf)),
  custom_types: anyCustomTypes,
  cron_triggers: some(named('cron triggers', cronTrigger, nameOf)),
  rest_endpoints: some(restEndpoints),
  api_limits: filled(apiLimits),
  metrics_config: filled(metricsConfig),
  inherited_roles: some(named('inherited roles', inheritedRole, ({ role_name }) => role_name)),
  graphql_schema_introspection: optional(
    introspectionOptions,
    ({ disabled_for_roles }) => disabled_for_roles.length === 0,
  ),
  network: filled(network),
  backend_configs: filled(jsonObject),
  opentelemetry: filled(jsonObject),
});

/**
 * Hasura's metadata document, version 3, in its canonical form: lists in the order of their names, keys in
 * Hasura's order, defaults left out. What this engine does not serve is parsed and kept all the same, so that
 * an export gives back what came in.
 */
export type Metadata = Shaped<typeof document>;

export const emptyMetadata: Metadata = { version: 3, sources: [] };

/**
 * Checks a document and gives its canonical form. Version 2 (one nameless source) becomes version 3 with the
 * source `default`.
 * @param path where the document stands in a larger one, for faults
 * @throws MetadataFault at the first part that has not the shape of metadata
 */
export function parseMetadata(value: unknown, path: Path = []): Metadata {
  return document(upgrade(value), path);
}

/** Version 2, and version 1 that said no version, had tables and functions at the top. */
function upgrade(value: unknown): unknown {
  if (!isObject(value) || value['version'] === 3) return value;
  const { version, tables, functions, ...rest } = value;
  const oldFunctions: readonly unknown[] = Array.isArray(functions) ? functions : [];
  if (version !== undefined && version !== 1 && version !== 2) return value;
  if ('sources' in rest) return { ...rest, version: 3 };
  const only = {
    name: 'default',
    kind: 'postgres',
    tables: tables ?? [],
    functions: oldFunctions.map(asTracked),
  };
  const configuration = { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } };
  return { ...rest, version: 3, sources: [{ ...only, configuration }] };
}

/** Version 1 listed functions by their names alone. */
const asTracked = (fn: unknown): unknown => (isObject(fn) && 'function' in fn ? fn : { function: fn });
