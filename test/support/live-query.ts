import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Person, Services } from '../../seeds';

/** What a live query has shown so far, and a way to wait for what it must show. */
export class LiveQuery<T> {
  private readonly seen: T[] = [];
  private failure: unknown;
  private wake: () => void = () => undefined;

  private constructor(private readonly client: Client) {}

  static open<T>(
    services: Services,
    person: Person,
    query: string,
    variables: Record<string, unknown> = {},
  ): LiveQuery<T> {
    const client = createClient({
      url: services.url('graphql', '/v1/graphql').replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { headers: { authorization: `Bearer ${person.token}` } },
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
    });
    const live = new LiveQuery<T>(client);
    client.subscribe<T>(
      { query, variables },
      {
        next: ({ data, errors }) => (errors ? live.fail(errors) : live.show(data as T)),
        error: error => live.fail(error),
        complete: () => live.wake(),
      },
    );
    return live;
  }

  /** Waits until a result is as it should be. @throws with the last result when that takes too long */
  async until(good: (result: T) => boolean, deadlineMs = 120_000): Promise<T> {
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      if (this.failure) throw new Error(`the live query failed: ${JSON.stringify(this.failure)}`);
      const last = this.seen.at(-1);
      if (last !== undefined && good(last)) return last;
      if (Date.now() > deadline) throw new Error(`the live query shows ${JSON.stringify(last)}`);
      await new Promise<void>(resolve => {
        this.wake = resolve;
        setTimeout(resolve, 250);
      });
    }
  }

  results(): readonly T[] {
    return this.seen;
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }

  private show(result: T): void {
    this.seen.push(result);
    this.wake();
  }

  private fail(error: unknown): void {
    this.failure = error;
    this.wake();
  }
}
