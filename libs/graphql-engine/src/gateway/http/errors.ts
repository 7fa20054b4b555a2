import { logger } from '@nself/observability';
import { EngineError } from '../../executor';
import { json, type Reply } from './reply';

/**
 * How an endpoint words an error: `graphql` always answers 200, `graphql-status` tells the status as well, `plain` is
 * the shape of the metadata, query, explain and REST endpoints.
 */
export type ErrorStyle = 'graphql' | 'graphql-status' | 'plain';

const log = logger('graphql');

/** Anything thrown, as something that may be told. What we did not foresee is logged and told without its words. */
export function toldError(error: unknown, traceId?: string): EngineError {
  if (error instanceof EngineError) return error;
  log.error({ err: error, traceId }, 'a request failed unexpectedly');
  return new EngineError('unexpected', 'Internal Server Error');
}

/** `internal` holds SQL and values, so it is for the admin alone. */
export function errorJson(error: EngineError, forAdmin: boolean): { message: string; extensions: object } {
  const { path, code, internal, message } = error;
  const extra = forAdmin && internal !== undefined ? { internal } : {};
  return { message, extensions: { path, code, ...extra } };
}

export function errorReply(thrown: unknown, style: ErrorStyle, forAdmin: boolean, traceId?: string): Reply {
  const error = toldError(thrown, traceId);
  if (style !== 'plain') {
    const status = style === 'graphql' && error.status !== 413 ? 200 : error.status;
    return json({ errors: [errorJson(error, forAdmin)] }, status);
  }
  const { path, code, internal, message, status } = error;
  return json(
    { path, error: message, code, ...(forAdmin && internal !== undefined ? { internal } : {}) },
    status,
  );
}
