import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { GrantError } from './pairing.errors';

/** Answers polls in the form of RFC 6749, 5.2: status 400 and `{error, error_description}`. */
@Catch(GrantError)
export class GrantErrorFilter implements ExceptionFilter {
  catch(error: GrantError, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.setHeader('cache-control', 'no-store');
    response.status(400).json({ error: error.code, error_description: error.message });
  }
}
