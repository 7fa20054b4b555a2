import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ProblemFilter } from '@nself/kernel';
import type { Request } from 'express';
import { isOfContract } from './nhost-face.decorator';
import { NhostFilter } from './nhost.filter';

/**
 * Words the errors that no controller sees, such as a body that is no JSON or is too long, as the route would have: a
 * Nhost client reads `error` and `message` whatever went wrong.
 */
@Catch()
export class FaceFilter implements ExceptionFilter {
  private readonly nhost = new NhostFilter();
  private readonly problem = new ProblemFilter();

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { path } = host.switchToHttp().getRequest<Request>();
    (isOfContract(path) ? this.nhost : this.problem).catch(thrown, host);
  }
}
