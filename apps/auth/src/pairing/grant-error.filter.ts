import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ValidationFailed } from '@nself/kernel';
import type { Response } from 'express';
import { GrantError } from './pairing.errors';

/** Answers devices in the form of RFC 6749, 5.2: status 400 and `{error, error_description}`, odd requests too. */
@Catch(GrantError, ValidationFailed)
export class GrantErrorFilter implements ExceptionFilter {
  catch(thrown: GrantError | ValidationFailed, host: ArgumentsHost): void {
    const error = thrown instanceof GrantError ? thrown : new GrantError('invalid_request');
    const response = host.switchToHttp().getResponse<Response>();
    response.setHeader('cache-control', 'no-store');
    response.status(400).json({ error: error.code, error_description: error.message });
  }
}
