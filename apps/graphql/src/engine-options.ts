import {
  authenticationOf,
  corsPolicy,
  type Api,
  type AuthenticationSettings,
  type ServiceOptions,
} from '@nself/graphql-engine';
import type { SettingsOf } from '@nself/kernel';
import type { graphqlSettings } from './settings';

type Values = SettingsOf<typeof graphqlSettings>;

/** The version of Hasura whose API this is; clients and the Hasura CLI choose their behaviour by it. */
const VERSION = 'v2.48.1';
const APIS: readonly Api[] = ['graphql', 'metadata', 'config'];

/** The options of the engine, from what the environment says. */
export function engineOptions(
  values: Values,
  authentication: AuthenticationSettings,
  runner: ServiceOptions['runner'],
): ServiceOptions {
  return {
    runner,
    authenticator: authenticationOf(authentication),
    model: modelOf(values),
    cors: corsPolicy(values.corsDomain, values.disableCors),
    apis: new Set(APIS.filter(api => values.enabledApis.includes(api))),
    consoleOn: values.console,
    allowListOn: values.allowList,
    allowRunSql: values.runSql,
    internalsFor: values.devMode ? 'everybody' : values.adminInternalErrors ? 'admin' : 'nobody',
    version: VERSION,
    config: () => configOf(values, authentication),
    bodyLimit: values.bodyLimit,
    refetchMs: values.refetchInterval,
    liveBatch: values.liveBatch,
    keepAliveMs: values.keepAlive * 1000,
    initTimeoutMs: values.initTimeout * 1000,
    readsCookies: values.socketCookies,
  };
}

const hideable = ['update_many_fields', 'aggregation_predicates', 'stream_fields'] as const;

function modelOf(values: Values): ServiceOptions['model'] {
  const { stringifyNumerics, inferFunctionPermissions, nullsAreTrue, experimental, namingConvention } =
    values;
  const namingOn = experimental.includes('naming_convention');
  return {
    stringifyNumerics,
    inferFunctionPermissions,
    nullsAreTrue,
    relay: true,
    namingConvention: namingOn ? namingConvention : 'hasura-default',
    ownConventions: namingOn,
    unboundAreAbsent: experimental.includes('no_null_unbound_variable_default'),
    hidden: hideable.filter(part => experimental.includes(`hide_${part}`)),
  };
}

function configOf(values: Values, { adminSecrets, jwt, webhook }: AuthenticationSettings): object {
  const { inferFunctionPermissions, allowList, liveBatch, refetchInterval, experimental, namingConvention } =
    values;
  const live = { batch_size: liveBatch, refetch_delay: refetchInterval / 1000 };
  return {
    version: VERSION,
    is_function_permissions_inferred: inferFunctionPermissions,
    is_remote_schema_permissions_enabled: false,
    is_admin_secret_set: adminSecrets.length > 0,
    is_auth_hook_set: webhook !== undefined,
    is_jwt_set: jwt.length > 0,
    jwt: jwt.map(({ claims, stringified, header }) => ({
      ...('namespace' in claims ? { claims_namespace: claims.namespace } : {}),
      claims_format: stringified ? 'stringified_json' : 'json',
      claims_map: null,
      header,
    })),
    is_allow_list_enabled: allowList,
    live_queries: live,
    streaming_queries: live,
    console_assets_dir: null,
    experimental_features: experimental,
    is_prometheus_metrics_enabled: true,
    default_naming_convention: namingConvention,
  };
}
