import { logger } from '@nself/observability';
import { EngineError, isAdmin, type Session } from '../../executor';
import { json, type Reply } from './reply';

/**
 * How an endpoint words an error: `graphql` answers 200 but for what never became a request to it (a body that is too
 * large, a bearer who asks too often), `graphql-status` tells the status as well, `plain` is the shape of the metadata,
 * query, explain and REST endpoints.
 */
export type ErrorStyle = 'graphql' | 'graphql-status' | 'plain';

/** Whom errors tell what lies behind them: Hasura's development mode tells everybody, its default the admin. */
export type InternalsFor = 'everybody' | 'admin' | 'nobody';

export const hearsInternals = (told: InternalsFor, session: Session | undefined): boolean =>
  told === 'everybody' || (told === 'admin' && session !== undefined && isAdmin(session));

const log = logger('graphql');

/** Anything thrown, as something that may be told. What we did not foresee is logged and told without its words. */
export function toldError(error: unknown, traceId?: string): EngineError {
  if (error instanceof EngineError) return error;
  log.error({ err: error, traceId }, 'a request failed unexpectedly');
  return new EngineError('unexpected', 'Internal Server Error');
}

/** `internal` holds SQL and values, so it is not for everybody. */
export function errorJson(error: EngineError, internals: boolean): { message: string; extensions: object } {
  const { path, code, internal, message, retryAfter } = error;
  const wait = retryAfter === undefined ? {} : { retryAfter };
  const extra = internals && internal !== undefined ? { internal } : {};
  return { message, extensions: { path, code, ...wait, ...extra } };
}

export function errorReply(thrown: unknown, style: ErrorStyle, internals: boolean, traceId?: string): Reply {
  const error = toldError(thrown, traceId);
  const { retryAfter } = error;
  const reply = json(bodyOf(error, style, internals), statusOf(error, style));
  return retryAfter === undefined ? reply : { ...reply, headers: { 'retry-after': String(retryAfter) } };
}

function bodyOf(error: EngineError, style: ErrorStyle, internals: boolean): object {
  if (style !== 'plain') return { errors: [errorJson(error, internals)] };
  const { path, code, internal, message } = error;
  return { path, error: message, code, ...(internals && internal !== undefined ? { internal } : {}) };
}

function statusOf({ status, retryAfter }: EngineError, style: ErrorStyle): number {
  const told = style !== 'graphql' || status === 413 || retryAfter !== undefined;
  return told ? status : 200;
}
