import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine, RateLimit } from '../engine';
import { EngineError } from '../executor';
import type { Authenticator } from './authentication';
import { consoleEndpoint } from './console';
import { explainEndpoint } from './endpoints/explain';
import { graphqlEndpoint } from './endpoints/graphql';
import { configEndpoint, healthEndpoint, versionEndpoint } from './endpoints/information';
import { adminEndpoint, type AdminCommand } from './endpoints/metadata';
import type { TrustsProxy } from './http/address';
import { Call, type Endpoint } from './http/call';
import { applyCors, type CorsPolicy } from './http/cors';
import { errorReply, hearsInternals, type ErrorStyle, type InternalsFor } from './http/errors';
import { send, type Reply } from './http/reply';
import { observe, type Timers } from './http/timings';
import { openApiEndpoint } from './rest/open-api';
import { restEndpoint } from './rest/rest-endpoint';

/** Groups of routes that can be switched off (`HASURA_GRAPHQL_ENABLED_APIS`). */
export type Api = 'graphql' | 'metadata' | 'config';

export interface GatewayOptions {
  readonly engine: Engine;
  readonly authenticator: Authenticator;
  readonly commands: {
    readonly metadata: AdminCommand;
    readonly query: AdminCommand;
    readonly v1Query: AdminCommand;
  };
  readonly rateLimit: RateLimit;
  readonly cors: CorsPolicy;
  readonly apis: ReadonlySet<Api>;
  readonly consoleOn: boolean;
  readonly version: string;
  readonly config: () => object;
  /** Bytes. */
  readonly bodyLimit: number;
  /** Whom errors tell the database's own words. */
  readonly internalsFor: InternalsFor;
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly endpoint: Endpoint;
  readonly style: ErrorStyle;
  readonly timers: Timers;
}

/**
 * Everything that the engine answers over HTTP. It stands before Nest's router, because an Express middleware chain
 * costs several times what the whole hot path does; paths that are not its own are left to Nest. For the same reason
 * the trace of a request travels by hand here, and not in an AsyncLocalStorage, which makes every promise dearer.
 */
export class Gateway {
  private readonly routes: ReadonlyMap<string, readonly Route[]>;

  constructor(private readonly options: GatewayOptions) {
    this.routes = routesOf(options);
  }

  /** Answers the request and says true, or says false and leaves it alone. */
  handle(request: IncomingMessage, response: ServerResponse, trusts: TrustsProxy): boolean {
    const { authenticator, bodyLimit, cors } = this.options;
    const call = new Call(request, authenticator, bodyLimit, trusts);
    const routes = this.find(call.path);
    if (routes === undefined) return false;
    if (applyCors(cors, request, response)) return true;
    void this.answer(call, routes, response);
    return true;
  }

  private find(path: string): readonly Route[] | undefined {
    const exact = this.routes.get(path);
    if (exact) return exact;
    for (const prefix of PREFIXES) if (path.startsWith(prefix)) return this.routes.get(prefix);
    return undefined;
  }

  private async answer(call: Call, routes: readonly Route[], response: ServerResponse): Promise<void> {
    const begun = performance.now();
    const route = routeFor(call.method, routes);
    let reply: Reply;
    try {
      reply = await route.endpoint(call);
    } catch (error) {
      const internals = hearsInternals(this.options.internalsFor, call.session);
      reply = errorReply(error, route.style, internals, call.trace.traceId);
    }
    try {
      const sent = send(call, response, reply);
      if (sent) await sent;
    } catch {
      response.destroy();
    }
    observe(route, reply.status, performance.now() - begun);
  }
}

function routeFor(asked: string, routes: readonly Route[]): Route {
  for (const route of routes) if (route.method === asked || route.method === '*') return route;
  return NOWHERE;
}

const PREFIXES = ['/api/rest/', '/console/'];

const NOWHERE: Route = {
  name: 'none',
  method: '*',
  style: 'plain',
  timers: new Map(),
  endpoint: () => Promise.reject(new EngineError('not-found', 'resource does not exist')),
};

function routesOf(options: GatewayOptions): ReadonlyMap<string, readonly Route[]> {
  const { engine, commands, apis, version, config } = options;
  const routes = new Map<string, Route[]>();
  const add = (path: string, method: string, style: ErrorStyle, endpoint: Endpoint): void => {
    routes.set(path, [
      ...(routes.get(path) ?? []),
      { name: path, method, style, endpoint, timers: new Map() },
    ]);
  };
  add('/v1/version', 'GET', 'plain', versionEndpoint(version));
  for (const path of ['/healthz', '/hasura/healthz']) add(path, 'GET', 'plain', healthEndpoint(engine));
  if (apis.has('graphql')) {
    add('/v1/graphql', 'POST', 'graphql', graphqlEndpoint(options, 'graphql'));
    add('/v1alpha1/graphql', 'POST', 'graphql-status', graphqlEndpoint(options, 'graphql'));
    add('/v1beta1/relay', 'POST', 'graphql', graphqlEndpoint(options, 'relay'));
    for (const method of ['GET', 'POST'])
      add('/v1/graphql/explain', method, 'plain', explainEndpoint(engine));
    add('/api/rest/', '*', 'plain', restEndpoint(options));
    add('/api/swagger/json', 'GET', 'plain', openApiEndpoint(engine));
  }
  if (apis.has('metadata')) {
    add('/v1/metadata', 'POST', 'plain', adminEndpoint(commands.metadata));
    add('/v2/query', 'POST', 'plain', adminEndpoint(commands.query));
    add('/v1/query', 'POST', 'plain', adminEndpoint(commands.v1Query));
  }
  if (options.consoleOn)
    for (const path of ['/console', '/console/']) add(path, 'GET', 'plain', consoleEndpoint);
  if (apis.has('config')) add('/v1alpha1/config', 'GET', 'plain', configEndpoint(config));
  return routes;
}
