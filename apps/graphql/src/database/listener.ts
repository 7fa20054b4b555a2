import { logger } from '@nself/observability';
import { Client, escapeIdentifier, type ClientConfig } from 'pg';

interface Ear {
  readonly channel: string;
  readonly onPayload: (payload: string) => void;
  readonly onGap: () => void;
}

const log = logger('notifications');
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * One connection that hears notifications for the whole process. When it is lost it comes back by itself, and every
 * ear is told of the gap, since what was said meanwhile is lost.
 */
export class Listener {
  private readonly ears = new Set<Ear>();
  private connecting: Promise<Client> | undefined;
  private pause = FIRST_PAUSE_MS;
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly config: ClientConfig) {}

  async listen(
    channel: string,
    onPayload: Ear['onPayload'],
    onGap: Ear['onGap'],
  ): Promise<() => Promise<void>> {
    const ear = { channel, onPayload, onGap };
    this.ears.add(ear);
    const client = await this.client();
    await client.query(`listen ${escapeIdentifier(channel)}`);
    return () => this.stop(ear);
  }

  async end(): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    this.ears.clear();
    await (await this.connecting?.catch(() => undefined))?.end();
  }

  private async stop(ear: Ear): Promise<void> {
    this.ears.delete(ear);
    if (this.ended || [...this.ears].some(({ channel }) => channel === ear.channel)) return;
    const client = await this.connecting;
    await client?.query(`unlisten ${escapeIdentifier(ear.channel)}`);
  }

  private client(): Promise<Client> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      ...this.config,
      application_name: 'nself graphql listener',
      keepAlive: true,
    });
    client.on('notification', ({ channel, payload = '' }) => {
      for (const ear of this.ears) if (ear.channel === channel) ear.onPayload(payload);
    });
    client.on('error', error => log.warn({ err: error }, 'the connection for notifications broke'));
    client.on('end', () => this.lost(client));
    try {
      await client.connect();
    } catch (error) {
      this.connecting = undefined;
      throw error;
    }
    this.pause = FIRST_PAUSE_MS;
    return client;
  }

  private lost(client: Client): void {
    client.removeAllListeners('end');
    this.connecting = undefined;
    if (!this.ended && this.ears.size > 0) this.retry();
  }

  private retry(): void {
    this.timer = setTimeout(() => void this.resume(), this.pause).unref();
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }

  private async resume(): Promise<void> {
    try {
      const client = await this.client();
      const channels = new Set([...this.ears].map(({ channel }) => channel));
      for (const channel of channels) await client.query(`listen ${escapeIdentifier(channel)}`);
      for (const ear of this.ears) ear.onGap();
    } catch (error) {
      log.warn({ err: error }, 'notifications cannot be heard yet');
      this.connecting = undefined;
      if (!this.ended) this.retry();
    }
  }
}
