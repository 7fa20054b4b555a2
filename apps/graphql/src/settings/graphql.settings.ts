import { boolean, defineSettings, duration, integer, list, oneOf, port, text, url } from '@nself/kernel';

const postgres = url({ protocols: ['postgres', 'postgresql'] });
const jwt = text({ secret: true });

/** Where the engine listens and how it behaves; the names that start with HASURA are Hasura's own. */
export const graphqlSettings = defineSettings('graphql', {
  port: {
    env: 'GRAPHQL_PORT',
    meaning: 'Port that the GraphQL engine listens on.',
    shape: port(),
    derived: {
      says: 'HASURA_GRAPHQL_SERVER_PORT, else 8080',
      from: read => Number(read('HASURA_GRAPHQL_SERVER_PORT') ?? 8080),
    },
  },
  databaseUrl: {
    env: 'HASURA_GRAPHQL_DATABASE_URL',
    meaning: 'Any Postgres, when the engine runs alone as the hasura/graphql-engine image does.',
    shape: postgres,
    optional: true,
  },
  metadataDatabaseUrl: {
    env: 'HASURA_GRAPHQL_METADATA_DATABASE_URL',
    meaning: 'The same database as HASURA_GRAPHQL_DATABASE_URL, for installations that name only this one.',
    shape: postgres,
    optional: true,
  },
  houseDatabaseUrl: {
    env: 'APP_DATABASE_URL',
    meaning: 'Postgres for the services; role nself_app. Given, the engine runs as part of the house.',
    shape: postgres,
    optional: true,
  },
  connections: {
    env: 'HASURA_GRAPHQL_PG_CONNECTIONS',
    meaning: 'Connections for requests of all roles.',
    shape: integer({ min: 1, max: 1000 }),
    default: 8,
  },
  namedStatements: {
    env: 'HASURA_GRAPHQL_USE_PREPARED_STATEMENTS',
    meaning: 'False behind a transaction pooler that cannot keep prepared statements.',
    shape: boolean(),
    default: true,
  },
  isolation: {
    env: 'HASURA_GRAPHQL_TX_ISOLATION',
    meaning: 'Isolation of the transaction that a request is.',
    shape: oneOf(['read-committed', 'repeatable-read', 'serializable']),
    default: 'read-committed',
  },
  enabledApis: {
    env: 'HASURA_GRAPHQL_ENABLED_APIS',
    meaning: 'Which groups of addresses are served.',
    shape: list(),
    default: ['metadata', 'graphql', 'config'],
  },
  console: {
    env: 'HASURA_GRAPHQL_ENABLE_CONSOLE',
    meaning: 'Whether the page at /console is served.',
    shape: boolean(),
    default: true,
  },
  devMode: {
    env: 'HASURA_GRAPHQL_DEV_MODE',
    meaning: 'Whether errors tell every role the words of the database. Never outside development.',
    shape: boolean(),
    default: false,
  },
  adminInternalErrors: {
    env: 'HASURA_GRAPHQL_ADMIN_INTERNAL_ERRORS',
    meaning: 'Whether errors tell the admin the words of the database.',
    shape: boolean(),
    default: true,
  },
  corsDomain: {
    env: 'HASURA_GRAPHQL_CORS_DOMAIN',
    meaning: 'Origins of web pages that may call, with commas between them, or *.',
    shape: text(),
    default: '*',
  },
  disableCors: {
    env: 'HASURA_GRAPHQL_DISABLE_CORS',
    meaning: 'Whether web pages of other origins may not call at all.',
    shape: boolean(),
    default: false,
  },
  allowList: {
    env: 'HASURA_GRAPHQL_ENABLE_ALLOWLIST',
    meaning: 'Whether roles may ask only what the allow list holds.',
    shape: boolean(),
    default: false,
  },
  runSql: {
    env: 'GRAPHQL_RUN_SQL',
    meaning: 'Whether the admin may run any SQL over HTTP (run_sql).',
    shape: boolean(),
    derived: { says: 'on unless NODE_ENV is production and the engine is part of the house', from: runsSql },
  },
  stringifyNumerics: {
    env: 'HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES',
    meaning: 'Whether bigint and numeric values leave as JSON strings.',
    shape: boolean(),
    default: false,
  },
  inferFunctionPermissions: {
    env: 'HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS',
    meaning: 'Whether a role may call a tracked function when it may select what the function returns.',
    shape: boolean(),
    default: true,
  },
  nullsAreTrue: {
    env: 'HASURA_GRAPHQL_V1_BOOLEAN_NULL_COLLAPSE',
    meaning: 'Whether null as a condition is taken as true, as Hasura v1 did.',
    shape: boolean(),
    default: false,
  },
  experimental: {
    env: 'HASURA_GRAPHQL_EXPERIMENTAL_FEATURES',
    meaning:
      'Features that Hasura calls experimental: naming_convention, hide_update_many_fields, ' +
      'hide_aggregation_predicates, hide_stream_fields, no_null_unbound_variable_default; others change nothing.',
    shape: list(),
    default: [],
  },
  namingConvention: {
    env: 'HASURA_GRAPHQL_DEFAULT_NAMING_CONVENTION',
    meaning: 'How names of tables and columns become names of the API.',
    shape: oneOf(['hasura-default', 'graphql-default']),
    default: 'hasura-default',
  },
  refetchInterval: {
    env: 'HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL',
    meaning: 'Milliseconds between two looks at live queries that the database cannot wake.',
    shape: integer({ min: 10 }),
    default: 1_000,
  },
  liveBatch: {
    env: 'HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_BATCH_SIZE',
    meaning: 'Live queries that travel to the database in one write.',
    shape: integer({ min: 1, max: 10_000 }),
    default: 100,
  },
  keepAlive: {
    env: 'HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE',
    meaning:
      'Seconds between signs of life on a socket (`ka`; a `ping` of the newer protocol after six times as many).',
    shape: integer({ min: 1 }),
    default: 5,
  },
  initTimeout: {
    env: 'HASURA_GRAPHQL_WEBSOCKET_CONNECTION_INIT_TIMEOUT',
    meaning: 'Seconds that the client of a socket has to say who it is; a phone on a bad line may need many.',
    shape: integer({ min: 1 }),
    default: 30,
  },
  socketCookies: {
    env: 'HASURA_GRAPHQL_WS_READ_COOKIE',
    meaning: 'Whether sockets read cookies although HASURA_GRAPHQL_DISABLE_CORS is on.',
    shape: boolean(),
    default: false,
  },
  statementTimeout: {
    env: 'GRAPHQL_STATEMENT_TIMEOUT',
    meaning: 'After this a request is ended by Postgres.',
    shape: duration(),
    default: 30_000,
  },
  bodyLimit: {
    env: 'GRAPHQL_BODY_LIMIT',
    meaning: 'Largest request body in bytes.',
    shape: integer({ min: 1024 }),
    default: 16_777_216,
  },
});

function runsSql(read: (name: string) => string | undefined): boolean {
  return (read('NODE_ENV') ?? 'production') !== 'production' || read('APP_DATABASE_URL') === undefined;
}

/** Who may be who: the admin secret, tokens, a hook, and the role of those who prove nothing. */
export const authenticationSettings = defineSettings('graphql-authentication', {
  adminSecret: {
    env: 'HASURA_GRAPHQL_ADMIN_SECRET',
    meaning: 'Whoever sends it in x-hasura-admin-secret may be anybody.',
    shape: text({ secret: true }),
    optional: true,
  },
  adminSecrets: {
    env: 'HASURA_GRAPHQL_ADMIN_SECRETS',
    meaning:
      'Several of them, as a JSON list, so that they can be rotated; given, the single one does not count.',
    shape: text({ secret: true }),
    optional: true,
  },
  accessKey: {
    env: 'HASURA_GRAPHQL_ACCESS_KEY',
    meaning: 'Older name of the admin secret.',
    shape: text({ secret: true }),
    optional: true,
  },
  jwtSecret: {
    env: 'HASURA_GRAPHQL_JWT_SECRET',
    meaning: 'How tokens are verified: the JSON object that Hasura documents.',
    shape: jwt,
    optional: true,
  },
  jwtSecrets: {
    env: 'HASURA_GRAPHQL_JWT_SECRETS',
    meaning: 'Several of them, as a JSON list; given, the single one does not count.',
    shape: jwt,
    optional: true,
  },
  hook: {
    env: 'HASURA_GRAPHQL_AUTH_HOOK',
    meaning: 'Address that is asked who a client is.',
    shape: url(),
    optional: true,
  },
  hookMode: {
    env: 'HASURA_GRAPHQL_AUTH_HOOK_MODE',
    meaning: 'How it is asked.',
    shape: oneOf(['GET', 'POST']),
    default: 'GET',
  },
  hookSeesRequest: {
    env: 'HASURA_GRAPHQL_AUTH_HOOK_SEND_REQUEST_BODY',
    meaning: 'Whether a hook in POST mode is shown the GraphQL request.',
    shape: boolean(),
    default: true,
  },
  unauthorizedRole: {
    env: 'HASURA_GRAPHQL_UNAUTHORIZED_ROLE',
    meaning: 'Role of clients that prove nothing.',
    shape: text(),
    optional: true,
  },
});
