import {
  boolean,
  flag,
  integer,
  json,
  list,
  MetadataFault,
  nonEmptyText,
  object,
  oneOf,
  optional,
  record,
  required,
  text,
  type Shape,
  type Shaped,
} from '../shapes';

const positive: Shape<number> = (value, path) => {
  const given = integer(value, path);
  if (given > 0) return given;
  throw new MetadataFault(path, 'limits must be positive');
};

const limit = <T>(shape: Shape<T>) =>
  object('Limit', { global: required(shape), per_role: optional(record(shape)) });

const rate = object('RateLimitConfig', {
  max_reqs_per_min: required(positive),
  unique_params: optional(json),
});

/** Limits of requests, for all and by role. */
export const apiLimits = object('ApiLimit', {
  rate_limit: optional(limit(rate)),
  depth_limit: optional(limit(positive)),
  node_limit: optional(limit(positive)),
  time_limit: optional(limit(positive)),
  batch_limit: optional(limit(positive)),
  disabled: flag(boolean),
});
export type ApiLimits = Shaped<typeof apiLimits>;

export const introspectionOptions = object('SetGraphqlIntrospectionOptions', {
  disabled_for_roles: required(list(nonEmptyText)),
});
export type IntrospectionOptions = Shaped<typeof introspectionOptions>;

export const metricsConfig = object('MetricsConfig', {
  analyze_query_variables: required(boolean),
  analyze_response_body: required(boolean),
});

const tlsHost = object('TlsAllow', {
  host: required(text),
  suffix: optional(text),
  permissions: optional(list(oneOf('self-signed'))),
});
export const network = object('Network', { tls_allowlist: optional(list(tlsHost)) });
export type Network = Shaped<typeof network>;

export const inheritedRole = object('Role', {
  role_name: required(nonEmptyText),
  role_set: required(list(nonEmptyText)),
});
export type InheritedRole = Shaped<typeof inheritedRole>;
