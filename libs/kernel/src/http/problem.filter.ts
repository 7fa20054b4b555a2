import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { currentTrace, logger } from '@nself/observability';
import type { Response } from 'express';
import { asProblemError, problemOf, PROBLEM_CONTENT_TYPE, type ProblemError } from '../errors';

const log = logger('problem');

/**
 * Answers every error of an HTTP route as a problem document (RFC 9457). What was not expected becomes 500 INTERNAL
 * and goes to the log in full; the client sees none of it. Other transports render their errors themselves.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw thrown;
    const error = asProblemError(thrown);
    report(error, thrown);
    answer(host.switchToHttp().getResponse<Response>(), error);
  }
}

function report(error: ProblemError, thrown: unknown): void {
  if (error.code === 'INTERNAL') log.error({ err: thrown }, 'unexpected error');
  else if (error.status >= 500) log.warn({ err: error.cause ?? error, code: error.code }, 'cannot serve');
  else log.debug({ code: error.code, detail: error.detail }, 'refused');
}

/** A stream that breaks half-way cannot become a problem document: the connection is cut so that the client notices. */
function answer(response: Response, error: ProblemError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { retryAfter } = error.extensions;
  if (typeof retryAfter === 'number') response.setHeader('retry-after', String(Math.ceil(retryAfter)));
  if (error.status === 401) response.setHeader('www-authenticate', 'Bearer');
  response.status(error.status).type(PROBLEM_CONTENT_TYPE);
  response.send(JSON.stringify(problemOf(error, { traceId: currentTrace()?.traceId })));
}
