import { EngineError, type Session } from '../../executor';
import type { Answer, Engine, GraphqlRequest, RateLimit, Surface } from '../../engine';
import { jsonKind, unreadable, type JsonKind } from '../../planner';
import type { RequestPreview } from '../authentication';
import { isObject } from '../http/body';
import type { Endpoint } from '../http/call';
import { errorReply, hearsInternals, type InternalsFor } from '../http/errors';
import { parseJson } from '../http/json';
import type { Reply } from '../http/reply';

export interface GraphqlParts {
  readonly engine: Engine;
  readonly rateLimit: RateLimit;
  readonly internalsFor: InternalsFor;
}

/** `POST /v1/graphql`, its older sister and Relay's: one request, or a list of them that is answered by a list. */
export function graphqlEndpoint(parts: GraphqlParts, surface: Surface): Endpoint {
  return async call => {
    const parsed = parseLater(await call.body());
    const operations = Array.isArray(parsed.value) ? parsed.value.length : 1;
    const known = call.authenticate(previewOf(parsed.value), operations);
    const session = known instanceof Promise ? await known : known;
    if (parsed.error) throw parsed.error;
    const admitted = parts.rateLimit.admit(parts.engine.limits, session, call, operations);
    if (admitted) await admitted;
    if (Array.isArray(parsed.value))
      return batch(parts, { session, surface, traceId: call.trace.traceId }, parsed.value);
    return replyOf(await parts.engine.execute(requestOf(parsed.value), session, surface, call.trace.traceId));
  };
}

const replyOf = ({ body, headers }: Answer): Reply =>
  headers ? { status: 200, body, headers } : { status: 200, body };

/** Who asks is found out before the body is complained about, but a hook may want to see the body. */
function parseLater(body: Buffer): { value: unknown; error?: unknown } {
  try {
    return { value: parseJson(body, 'variables') };
  } catch (error) {
    return { value: undefined, error };
  }
}

function previewOf(value: unknown): RequestPreview | undefined {
  return isObject(value) && typeof value['query'] === 'string' ? (value as RequestPreview) : undefined;
}

/** Reads a request, or says what is wrong with it as Hasura's parser does. */
export function requestOf(value: unknown, path = '$'): GraphqlRequest {
  if (!isObject(value)) throw otherKind(path, 'GQLReq', 'Object', value);
  const { query, operationName, variables, extensions } = value;
  if (isObject(extensions) && isObject(extensions['persistedQuery'])) {
    throw new EngineError('not-supported', 'Automatic Persisted Queries is not enabled');
  }
  if (query === undefined) throw new EngineError('parse-failed', 'key "query" not found', { path });
  if (typeof query !== 'string') throw otherKind(`${path}.query`, 'Text', 'String', query);
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw otherKind(`${path}.operationName`, 'Name', 'String', operationName);
  }
  if (variables === undefined || variables === null) return { query, operationName: operationName ?? null };
  if (!isObject(variables)) throw otherKind(`${path}.variables`, 'HashMap', 'Object', variables);
  return { query, operationName: operationName ?? null, variables };
}

function otherKind(path: string, what: string, expected: JsonKind, value: unknown): EngineError {
  const message = `parsing ${what} failed, expected ${expected}, but encountered ${jsonKind(value)}`;
  return unreadable(path, message);
}

const COMMA = Buffer.from(',');

interface Asker {
  readonly session: Session;
  readonly surface: Surface;
  readonly traceId: string;
}

/** Each request of a batch has its own transaction and its own fate. */
async function batch(
  { engine, internalsFor }: GraphqlParts,
  asker: Asker,
  list: readonly unknown[],
): Promise<Reply> {
  engine.limits.admitBatch(list.length, asker.session);
  const body: Buffer[] = [Buffer.from('[')];
  for (const [index, item] of list.entries()) {
    const answered = await one(engine, asker, item, internalsFor);
    body.push(...(index > 0 ? [COMMA] : []), ...answered);
  }
  return { status: 200, body: [...body, Buffer.from(']')] };
}

async function one(
  engine: Engine,
  { session, surface, traceId }: Asker,
  item: unknown,
  internalsFor: InternalsFor,
): Promise<readonly Buffer[]> {
  try {
    return (await engine.execute(requestOf(item), session, surface, traceId)).body;
  } catch (error) {
    return errorReply(error, 'graphql', hearsInternals(internalsFor, session)).body;
  }
}
