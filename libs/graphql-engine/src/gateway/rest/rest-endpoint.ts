import type { Metadata, RestEndpoint } from '@nself/hasura-metadata';
import { EngineError } from '../../executor';
import { dataOf, type GraphqlRequest } from '../../engine';
import type { GraphqlParts } from '../endpoints/graphql';
import { isObject, type JsonObject } from '../http/body';
import type { Call, Endpoint } from '../http/call';
import { parseJson } from '../http/json';
import { matching, type Match } from './match';
import { declaredIn, variablesOf } from './variables';

const PREFIX = '/api/rest/';

/** `/api/rest/*`: a query of a collection under an address of its own; answers the data without its wrapping. */
export function restEndpoint({ engine, rateLimit }: GraphqlParts): Endpoint {
  return async call => {
    const body = await call.body();
    const session = await call.authenticate();
    await rateLimit.admit(engine.limits, session, call);
    const { metadata } = engine.served;
    const request = requestFor(choose(metadata, call), metadata, call, body);
    const answer = await engine.execute(request, session);
    const headers = answer.headers && forOneAsker(answer.headers);
    return { status: 200, body: dataOf(answer), ...(headers ? { headers } : {}) };
  };
}

/**
 * An answer of `@cached` says how long it is kept here. Under an address that can be got with GET, every cache on the
 * way would keep it too, and hand it to the next one who asks, of whatever role and family.
 */
const forOneAsker = (headers: Readonly<Record<string, string>>): Record<string, string> => ({
  ...headers,
  'cache-control': `private, ${headers['cache-control'] ?? 'no-cache'}`,
  vary: '*',
});

function choose(metadata: Metadata, call: Call): Match {
  const matches = matching(metadata, call.path.slice(PREFIX.length));
  if (matches.length === 0) throw new EngineError('not-found', 'Endpoint not found');
  const match = matches.find(({ endpoint }) => endpoint.methods.some(method => method === call.method));
  if (match) return match;
  const methods = matches.flatMap(({ endpoint }) => endpoint.methods).sort();
  throw new EngineError('method-not-allowed', `Allowed methods: ${methods.join(', ')}`);
}

function requestFor({ endpoint, path }: Match, metadata: Metadata, call: Call, body: Buffer): GraphqlRequest {
  const query = queryOf(metadata, endpoint);
  const variables = variablesOf(
    declaredIn(query),
    path,
    new URLSearchParams(call.search),
    bodyVariables(call, body),
  );
  return { query, variables };
}

/** The text that an endpoint names, from its collection. */
export function queryOf(
  { query_collections: collections = [] }: Metadata,
  { definition }: RestEndpoint,
): string {
  const { collection_name: name, query_name: query } = definition.query;
  const found = collections
    .find(collection => collection.name === name)
    ?.definition.queries.find(one => one.name === query);
  if (found) return found.query;
  throw new EngineError('not-found', 'Endpoint not found');
}

function bodyVariables(call: Call, body: Buffer): JsonObject {
  if (body.length === 0 || call.method === 'GET') return {};
  if (call.request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  }
  const json = parseJson(body);
  if (json === null) return {};
  if (isObject(json)) return json;
  throw new EngineError('parse-failed', 'the body of a REST request is an object of variables');
}
