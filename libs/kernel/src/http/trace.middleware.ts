import {
  formatTraceparent,
  logger,
  metrics,
  newTrace,
  parseTraceparent,
  runWithTrace,
} from '@nself/observability';
import type { Request, RequestHandler, Response } from 'express';

const log = logger('http');

const durations = metrics.histogram('nself_http_request_duration_seconds', 'Time from request to answer.', [
  'method',
  'route',
  'status',
]);

const QUIET = new Set(['/health', '/ready', '/metrics', '/healthz']);

/**
 * Puts every request into a trace: the caller's if it sent a valid `traceparent`, else a new one. The answer names
 * it, so that a person who reports a failure can be helped.
 */
export function traceMiddleware({ logRequests }: { logRequests: boolean }): RequestHandler {
  return (request, response, next) => {
    const trace = newTrace(parseTraceparent(request.header('traceparent')));
    response.setHeader('traceparent', formatTraceparent(trace));
    runWithTrace(trace, () => {
      observe(request, response, logRequests);
      next();
    });
  };
}

function observe(request: Request, response: Response, logRequests: boolean): void {
  const start = process.hrtime.bigint();
  response.once('close', () => {
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const fact = { method: request.method, route: routeOf(request), status: response.statusCode };
    durations.observe({ ...fact, status: String(fact.status) }, seconds);
    if (logRequests && !QUIET.has(request.path))
      log.info({ ...fact, ms: Math.round(seconds * 1000) }, 'answered');
  });
}

/** The pattern, never the path itself: paths hold ids and secrets, and every label value costs memory. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'unmatched';
  return String(route.path);
}
