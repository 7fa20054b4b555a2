import { EngineError, type Session } from '../../executor';
import type { Authenticator, Credentials } from './authenticator';
import { hasuraHeaders } from './authenticator';
import { freshness } from './jwt-keys';
import { sessionOf } from '../../executor';

export interface WebhookSettings {
  readonly url: string;
  readonly mode: 'GET' | 'POST';
  /** In POST mode, whether the hook also sees the GraphQL request. */
  readonly sendsRequest: boolean;
}

/** Headers that belong to the connection of the client and must not travel on (Hasura docs, "Authentication using webhooks"). */
const OWN_HEADERS = new Set([
  'content-length',
  'content-md5',
  'user-agent',
  'host',
  'origin',
  'referer',
  'accept',
  'accept-encoding',
  'accept-language',
  'accept-datetime',
  'cache-control',
  'connection',
  'dnt',
  'content-type',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'transfer-encoding',
]);
const TIMEOUT_MS = 10_000;

/**
 * Asks the operator's own service who the client is. 200 with `x-hasura-*` variables is a yes, 401 a no; a variable
 * `Cache-Control` or `Expires` beside them, or else the header of that name, says how long an open socket may rely on
 * it. Cookies that the hook sets travel on to the client.
 */
export class WebhookAuthenticator implements Authenticator {
  constructor(private readonly settings: WebhookSettings) {}

  async authenticate(credentials: Credentials): Promise<Session> {
    const response = await this.ask(credentials).catch(() => {
      throw new EngineError('unexpected', 'webhook authentication request failed');
    });
    if (response.status === 401) {
      throw new EngineError('access-denied', 'Authentication hook unauthorized this request');
    }
    if (response.status !== 200) throw new EngineError('unexpected', 'Internal Server Error');
    return sessionFrom(await response.text(), response.headers);
  }

  private ask({ headers, request }: Credentials): Promise<Response> {
    const passed = forwarded(headers);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { url, mode, sendsRequest } = this.settings;
    if (mode === 'GET') return fetch(url, { headers: passed, signal, redirect: 'error' });
    const body = JSON.stringify({ headers: passed, ...(sendsRequest ? { request: request ?? null } : {}) });
    const type = { 'content-type': 'application/json' };
    return fetch(url, { method: 'POST', headers: type, body, signal, redirect: 'error' });
  }
}

function forwarded(headers: Credentials['headers']): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !OWN_HEADERS.has(name))
      passed[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return passed;
}

function sessionFrom(text: string, headers: Headers): Session {
  const told = textsOf(text);
  const variables = hasuraHeaders(told);
  const role = variables['x-hasura-role'];
  if (role === undefined)
    throw new EngineError('unexpected', "missing x-hasura-role key in webhook's response");
  const fresh = freshness(name => told[name] ?? headers.get(name));
  const setCookies = headers.getSetCookie();
  return sessionOf(role, variables, {
    ...(fresh ? { expiresAt: Date.now() + fresh } : {}),
    ...(setCookies.length > 0 ? { setCookies } : {}),
  });
}

function textsOf(text: string): Record<string, string> {
  const invalid = new EngineError('unexpected', 'Invalid response from authorization hook');
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) throw invalid;
    return Object.fromEntries(
      Object.entries(json).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
  } catch {
    throw invalid;
  }
}
