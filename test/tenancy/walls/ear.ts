import { Talk } from '../../../apps/graphql/src/alone.fixture';

/** The two protocols of GraphQL over sockets, and the words in which they differ. */
export const protocols = {
  'graphql-transport-ws': { start: 'subscribe', data: 'next' },
  'graphql-ws': { start: 'start', data: 'data' },
} as const;
export type Protocol = keyof typeof protocols;

const DEADLINE_MS = 120_000;

/** Somebody at a socket who listens to many subscriptions, and remembers all that was said. */
export class Ear {
  /** Answers as they came, by the name of the subscription. */
  private readonly said = new Map<string, string[]>();
  private trouble: string | undefined;
  private wake: () => void = () => undefined;

  private constructor(
    private readonly talk: Talk,
    readonly protocol: Protocol,
  ) {}

  static async open(url: string, protocol: Protocol, token: string): Promise<Ear> {
    const talk = await Talk.open(url.replace('http', 'ws'), protocol);
    talk.say({ type: 'connection_init', payload: { headers: { authorization: `Bearer ${token}` } } });
    const first = await talk.next();
    if (first.type !== 'connection_ack') throw new Error(`not let in: ${JSON.stringify(first)}`);
    const ear = new Ear(talk, protocol);
    void ear.listen();
    return ear;
  }

  subscribe(name: string, query: string): void {
    this.said.set(name, []);
    this.talk.say({ id: name, type: protocols[this.protocol].start, payload: { query } });
  }

  /** All that was said, in order. */
  heard(name: string): readonly string[] {
    return this.said.get(name) ?? [];
  }

  /** @throws with what was not heard, when it takes too long */
  async until(what: string, fulfilled: () => boolean): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    while (!fulfilled()) {
      if (this.trouble !== undefined) throw new Error(`${what}: ${this.trouble}`);
      if (Date.now() > deadline) throw new Error(`not heard in time: ${what}`);
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 1_000);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.talk.close();
  }

  private async listen(): Promise<void> {
    for (;;) {
      const { type, id = '', payload } = await this.talk.next();
      if (type === protocols[this.protocol].data) this.said.get(id)?.push(JSON.stringify(payload));
      else this.trouble ??= `${id} ${type} ${JSON.stringify(payload)}`;
      this.wake();
      if (type.startsWith('closed')) return;
    }
  }
}
