import type { Metadata } from '../document';

/**
 * The Hasura CLI's directory layout, version 3: each part of the document has a file of its own, each table a file in its
 * source's folder. Actions are two files, one of them SDL; see `actions.ts`.
 */
export const partFiles: readonly (readonly [file: string, part: keyof Metadata, empty: unknown])[] = [
  ['remote_schemas.yaml', 'remote_schemas', []],
  ['query_collections.yaml', 'query_collections', []],
  ['allow_list.yaml', 'allowlist', []],
  ['cron_triggers.yaml', 'cron_triggers', []],
  ['rest_endpoints.yaml', 'rest_endpoints', []],
  ['api_limits.yaml', 'api_limits', {}],
  ['metrics_config.yaml', 'metrics_config', {}],
  ['inherited_roles.yaml', 'inherited_roles', []],
  ['graphql_schema_introspection.yaml', 'graphql_schema_introspection', { disabled_for_roles: [] }],
  ['network.yaml', 'network', {}],
  ['backend_configs.yaml', 'backend_configs', {}],
  ['opentelemetry.yaml', 'opentelemetry', {}],
];

export const VERSION_FILE = 'version.yaml';
export const SOURCES_FILE = 'databases/databases.yaml';
export const ACTIONS_FILE = 'actions.yaml';
export const ACTIONS_SDL_FILE = 'actions.graphql';

/** How a file refers to another beside it. */
export const INCLUDE = '!include ';
