import type { LoggerService } from '@nestjs/common';
import { logger } from '@nself/observability';

/** Lets Nest's own messages flow into our log; its cheerful start-up lines are of interest only when debugging. */
export class NestLogger implements LoggerService {
  private readonly out = logger('nest');

  log(message: unknown, ...more: unknown[]): void {
    this.out.debug({ context: more.at(-1) }, String(message));
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.out.debug({ context: more.at(-1) }, String(message));
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.out.trace({ context: more.at(-1) }, String(message));
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.out.warn({ context: more.at(-1) }, String(message));
  }

  error(message: unknown, ...more: unknown[]): void {
    this.out.error(
      { context: more.at(-1), err: message instanceof Error ? message : undefined },
      String(message),
    );
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.out.fatal({ context: more.at(-1) }, String(message));
  }
}
