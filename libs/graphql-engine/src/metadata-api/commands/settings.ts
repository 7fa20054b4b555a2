import {
  apiLimits,
  introspectionOptions,
  jsonObject,
  metricsConfig,
  object,
  optional,
  required,
  text,
  type Metadata,
  type Shape,
} from '@nself/hasura-metadata';
import { quoted } from '../../model';
import { command, refusal } from '../command';

const nothing: Shape<undefined> = () => undefined;

export const setApiLimits = command('set_api_limits', apiLimits, (api_limits, work) =>
  work.accept({ ...work.metadata, api_limits }),
);

export const removeApiLimits = command('remove_api_limits', nothing, (_, work) =>
  work.accept({ ...work.metadata, api_limits: {} }),
);

export const setIntrospection = command(
  'set_graphql_schema_introspection_options',
  introspectionOptions,
  (graphql_schema_introspection, work) => work.accept({ ...work.metadata, graphql_schema_introspection }),
);

export const setMetricsConfig = command('set_metrics_config', metricsConfig, (metrics_config, work) =>
  work.accept({ ...work.metadata, metrics_config }),
);

export const removeMetricsConfig = command('remove_metrics_config', nothing, (_, work) => {
  const { metrics_config: _gone, ...rest } = work.metadata;
  return work.accept(rest);
});

export const setOpenTelemetry = command('set_opentelemetry_config', jsonObject, (opentelemetry, work) =>
  work.accept({ ...work.metadata, opentelemetry }),
);

type Host = NonNullable<NonNullable<Metadata['network']>['tls_allowlist']>[number];

const host: Shape<Host> = (value, path) =>
  object('TlsAllow', { host: required(text), suffix: optional(text) })(value, path);

const same = (a: Host, b: Host) => a.host === b.host && (a.suffix ?? '') === (b.suffix ?? '');

export const addHostToTlsAllowList = command('add_host_to_tls_allowlist', host, async (given, work) => {
  const hosts = work.metadata.network?.tls_allowlist ?? [];
  if (hosts.some(other => same(other, given))) {
    throw refusal('already-exists', `the host ${quoted(given.host)} already exists in the allowlist`);
  }
  await work.accept({ ...work.metadata, network: { tls_allowlist: [...hosts, given] } });
});

export const dropHostFromTlsAllowList = command('drop_host_from_tls_allowlist', host, async (given, work) => {
  const hosts = work.metadata.network?.tls_allowlist ?? [];
  if (!hosts.some(other => same(other, given))) {
    throw refusal('not-found', `the host ${quoted(given.host)} isn't present in the allowlist`);
  }
  await work.accept({
    ...work.metadata,
    network: { tls_allowlist: hosts.filter(other => !same(other, given)) },
  });
});
