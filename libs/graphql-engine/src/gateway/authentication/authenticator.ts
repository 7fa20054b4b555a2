import type { IncomingHttpHeaders } from 'node:http';
import type { Session } from '../../executor';

/** The GraphQL request that a webhook in POST mode is shown. */
export interface RequestPreview {
  readonly query?: string;
  readonly variables?: unknown;
  readonly operationName?: string | null;
}

export interface Credentials {
  /** Header names in lower case. A socket gives the `headers` of its `connection_init` over those of its handshake. */
  readonly headers: IncomingHttpHeaders;
  readonly request?: RequestPreview;
}

/** One way of saying who somebody is. `undefined` means: nothing here that this way could judge. */
export interface Authenticator {
  authenticate(credentials: Credentials): Session | undefined | Promise<Session | undefined>;
}

/** All `x-hasura-*` headers as session variables, without the secrets themselves. */
export function hasuraHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !name.startsWith('x-hasura-') || SECRETS.has(name)) continue;
    variables[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return variables;
}

const SECRETS = new Set(['x-hasura-admin-secret', 'x-hasura-access-key']);

export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
