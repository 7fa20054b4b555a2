import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { Queryable } from '@nself/kernel';
import { logger } from '@nself/observability';
import type { Redis } from 'ioredis';
import { parseRevocation, REVOCATION_CHANNEL, type Revocation } from './revocation';
import type { Revocations } from './revocations';

const log = logger('revocations');

const PERIOD = 500;

interface RevocationRow {
  readonly kind: Revocation['kind'];
  readonly session_id: string | null;
  readonly user_id: string | null;
  readonly family_id: string | null;
  readonly device_id: string | null;
  readonly at: Date;
}

/**
 * Keeps {@link Revocations} up to date from two sources.
 *
 * Postgres is the truth: it is read twice a second, so that neither a lost message, nor an auth service that died
 * between its commit and its message, nor a missing Redis lets an ended session live for longer than a second. Redis
 * brings the news at once. Only a successful read of Postgres confirms the view.
 */
export class RevocationFeed implements OnModuleInit, OnApplicationShutdown {
  private subscriber?: Redis;
  private timer?: NodeJS.Timeout;
  private stopped = false;
  private failing = false;

  constructor(
    private readonly revocations: Revocations,
    private readonly database: Queryable & { end(): Promise<void> },
    private readonly redis: Redis,
  ) {}

  async onModuleInit(): Promise<void> {
    this.listen();
    await this.tick();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.subscriber?.disconnect();
    await this.database.end();
  }

  private listen(): void {
    this.subscriber = this.redis.duplicate({ maxRetriesPerRequest: null });
    this.subscriber.on('error', (error: Error) =>
      log.debug({ err: error }, 'the subscription is interrupted'),
    );
    this.subscriber.on('message', (_channel: string, message: string) => this.hear(message));
    this.subscriber.subscribe(REVOCATION_CHANNEL).catch((error: unknown) => this.complain(error));
  }

  private hear(message: string): void {
    const revocation = parseRevocation(message);
    if (revocation) this.revocations.add(revocation);
    else log.warn('a message on the channel of revocations makes no sense');
  }

  private async tick(): Promise<void> {
    try {
      await this.load();
      this.failing = false;
    } catch (error) {
      this.complain(error);
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.tick(), PERIOD).unref();
  }

  private async load(): Promise<void> {
    const asked = Date.now();
    const { rows } = await this.database.query(
      `select kind, session_id, user_id, family_id, device_id, at from app.live_revocations()`,
    );
    for (const row of rows as RevocationRow[]) this.revocations.add(revocationOf(row));
    this.revocations.confirm(asked);
  }

  private complain(error: unknown): void {
    if (this.failing || this.stopped) return;
    this.failing = true;
    log.error({ err: error }, 'the list of revocations cannot be read');
  }
}

const revocationOf = (row: RevocationRow): Revocation => ({
  kind: row.kind,
  ...(row.session_id === null ? {} : { sessionId: row.session_id }),
  ...(row.user_id === null ? {} : { userId: row.user_id }),
  ...(row.family_id === null ? {} : { familyId: row.family_id }),
  ...(row.device_id === null ? {} : { deviceId: row.device_id }),
  at: row.at.getTime(),
});
