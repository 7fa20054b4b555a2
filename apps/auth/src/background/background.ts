import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { logger } from '@nself/observability';

const log = logger('auth.background');

/**
 * Work that an answer must not wait for: a mail, say, whose duration would tell whether an address is known. Failures
 * are logged; a service that stops waits for what is under way.
 */
@Injectable()
export class Background implements BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();

  start(what: string, work: () => Promise<unknown>): void {
    const running = work().then(
      () => undefined,
      (error: unknown) => log.error({ err: error, what }, 'work in the background failed'),
    );
    const tracked = running.finally(() => this.underWay.delete(tracked));
    this.underWay.add(tracked);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }
}
