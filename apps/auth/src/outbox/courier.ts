import { setTimeout as wait } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { SettingsOf } from '@nself/kernel';
import { logger, newTrace, parseTraceparent, runWithTrace } from '@nself/observability';
import { Secrets } from '../secrets';
import { retryIn, type Carrier, type Topic } from './message';
import { outboxSettings } from './outbox.settings';
import { OutboxRepository, type ClaimedRow } from './outbox.repository';

const log = logger('auth.outbox');

/** Pauses between looks, in milliseconds: right after something was put in, and at rest. */
const SOON = 10;
const REST = 1_000;
/** Messages under way at once. */
const SEATS = 8;
/** How long a service that stops waits for a mail server, in milliseconds. */
const PATIENCE_AT_THE_END = 5_000;
/** How long a claimed message stays with its courier; longer than any carrier may take. */
const LEASE_SECONDS = 120;

/**
 * Carries what waits in the outbox. It looks at once when something was put in here, then less and less often; what
 * another instance left behind it finds within a second. Each message is delivered at least once.
 */
@Injectable()
export class Courier implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly carriers = new Map<Topic, Carrier>();
  private readonly underWay = new Set<Promise<void>>();
  private timer?: NodeJS.Timeout;
  private pause = REST;
  private looking?: Promise<void>;
  private running = false;
  private failing = false;

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly secrets: Secrets,
    @Inject(outboxSettings.token) private readonly settings: SettingsOf<typeof outboxSettings>,
  ) {}

  /** Names who carries a topic; called while the application starts. */
  serve(topic: Topic, carrier: Carrier): void {
    this.carriers.set(topic, carrier);
  }

  onApplicationBootstrap(): void {
    this.running = true;
    this.lookIn(SOON);
  }

  /** Ends what is under way and does not take long; the rest is carried by whoever runs next. */
  async beforeApplicationShutdown(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    await this.looking;
    await Promise.race([Promise.all(this.underWay), wait(PATIENCE_AT_THE_END, undefined, { ref: false })]);
  }

  /** Says that something will be due as soon as the transaction under way has committed. */
  expect(): void {
    const isExpected = this.pause === SOON;
    this.pause = SOON;
    // A crowd must not put the look off that its first message has asked for.
    if (this.running && !this.looking && !isExpected) this.lookIn(SOON);
  }

  private lookIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), milliseconds).unref();
  }

  private async look(): Promise<void> {
    this.looking = this.claim();
    await this.looking;
    this.looking = undefined;
    if (this.running) this.lookIn(this.pause);
  }

  private async claim(): Promise<void> {
    const free = SEATS - this.underWay.size;
    this.pause = Math.min(REST, this.pause * 2);
    if (free === 0) return;
    try {
      const rows = await this.outbox.claim([...this.carriers.keys()], free, LEASE_SECONDS);
      if (rows.length > 0) this.pause = SOON;
      for (const row of rows) this.start(row);
      this.failing = false;
    } catch (error) {
      if (!this.failing)
        log.warn({ err: error }, 'the outbox cannot be looked into; the next look comes soon');
      this.failing = true;
    }
  }

  private start(row: ClaimedRow): void {
    const trace = newTrace(parseTraceparent(row.traceparent ?? undefined));
    const carried = runWithTrace(trace, () => this.carry(row)).catch((error: unknown) => {
      log.warn(
        { err: error, id: row.id },
        'what became of a message could not be written down; it comes again',
      );
    });
    const tracked = carried.finally(() => this.leave(tracked));
    this.underWay.add(tracked);
  }

  private leave(done: Promise<void>): void {
    const wasFull = this.underWay.size >= SEATS;
    this.underWay.delete(done);
    if (wasFull) this.expect();
  }

  private async carry(row: ClaimedRow): Promise<void> {
    const { id, topic, attempts: attempt } = row;
    try {
      const content: unknown = JSON.parse(this.secrets.open('messages on their way', row.sealed, id));
      await this.carriers.get(topic)?.({ id, topic, content, attempt });
    } catch (error) {
      const again = retryIn(error, attempt, this.settings.attempts);
      const fact = { err: error, id, topic, attempt };
      if (again === undefined) log.error(fact, 'a message was given up');
      else log.warn(fact, 'a message could not be carried; it is tried again');
      return this.outbox.failed(id, textOf(error), again);
    }
    await this.outbox.delivered(id);
  }
}

/** What the row keeps of a failure: the kind only, because words of a mail server may quote the mail. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? `${error.constructor.name} ${code}` : error.constructor.name;
}
