import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { asProblemError } from '@nself/kernel';
import { logger } from '@nself/observability';
import type { Response } from 'express';
import { nhostErrorOf } from './nhost-errors';

const log = logger('auth.nhost');

/** Answers every error of Nhost's routes in Nhost's shape: `{status, message, error}`. */
@Catch()
export class NhostFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = asProblemError(thrown);
    if (error.code === 'INTERNAL') log.error({ err: thrown }, 'unexpected error');
    const response = host.switchToHttp().getResponse<Response>();
    const body = nhostErrorOf(error);
    if (body.status === 401) response.setHeader('www-authenticate', 'Bearer');
    const { retryAfter } = error.extensions;
    if (typeof retryAfter === 'number') response.setHeader('retry-after', String(Math.ceil(retryAfter)));
    response.status(body.status).json(body);
  }
}
