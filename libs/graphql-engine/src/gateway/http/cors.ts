import type { IncomingMessage, ServerResponse } from 'node:http';

/** Which web pages may call from a browser: all, none, or these origins (`https://*.example.org` has a wildcard). */
export type CorsPolicy =
  { readonly allow: 'all' | 'none' } | { readonly allow: 'origins'; readonly origins: readonly string[] };

const METHODS = 'GET,POST,PUT,PATCH,DELETE,OPTIONS';
const MAX_AGE_SECONDS = '1728000';

/** Reads `HASURA_GRAPHQL_CORS_DOMAIN`: `*`, or origins with commas between them. */
export function corsPolicy(domains: string | undefined, disabled = false): CorsPolicy {
  if (disabled) return { allow: 'none' };
  const origins = (domains ?? '*')
    .split(',')
    .map(origin => origin.trim())
    .filter(Boolean);
  return origins.includes('*') ? { allow: 'all' } : { allow: 'origins', origins };
}

/** Sets the headers for the origin that asks, and says whether the request was a preflight and is now answered. */
export function applyCors(policy: CorsPolicy, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  const preflight =
    request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  if (origin !== undefined && allows(policy, origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.appendHeader('vary', 'Origin');
    if (preflight) preflightHeaders(request, response);
  }
  if (preflight) response.writeHead(204).end();
  return preflight;
}

function preflightHeaders(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-max-age', MAX_AGE_SECONDS);
  response.setHeader('access-control-allow-methods', METHODS);
  const asked = request.headers['access-control-request-headers'];
  if (asked !== undefined) response.setHeader('access-control-allow-headers', asked);
}

export function allows(policy: CorsPolicy, origin: string): boolean {
  if (policy.allow !== 'origins') return policy.allow === 'all';
  return policy.origins.some(pattern =>
    pattern.includes('*') ? wildcard(pattern, origin) : pattern === origin,
  );
}

/** `*` stands for one label or more at the left of the host, never for a scheme or the registered name. */
function wildcard(pattern: string, origin: string): boolean {
  const [before = '', after = ''] = pattern.split('*', 2);
  const label = origin.slice(before.length, origin.length - after.length);
  return (
    origin.startsWith(before) &&
    origin.endsWith(after) &&
    origin.length > before.length + after.length &&
    /^[\w.-]+$/.test(label)
  );
}
