import { WebSocket } from 'ws';

/** The two protocols of sockets, and the words in which they differ. */
const WORDS = {
  'graphql-transport-ws': { begin: 'subscribe', result: 'next' },
  'graphql-ws': { begin: 'start', result: 'data' },
} as const;

export type Protocol = keyof typeof WORDS;
export const PROTOCOLS = Object.keys(WORDS) as Protocol[];

/** A live query spoken by hand, so that whatever comes after the removal is seen, whoever would ignore it. */
export class FeedSocket {
  /** Every result that came, as text. */
  readonly results: string[] = [];
  /** The code with which the socket was closed, and when (milliseconds since 1970). */
  readonly closed: Promise<{ code: number; at: number }>;
  private readonly socket: WebSocket;

  constructor(
    address: string,
    private readonly protocol: Protocol,
    token: string,
    private readonly query: string,
  ) {
    this.socket = new WebSocket(address.replace(/^http/, 'ws'), protocol);
    const payload = { headers: { authorization: `Bearer ${token}` } };
    this.socket.on('open', () => this.say({ type: 'connection_init', payload }));
    this.socket.on('message', (data: Buffer) => this.hear(String(data)));
    // Whatever the error, the end of the socket follows, and that is what counts.
    this.socket.on('error', () => undefined);
    this.closed = new Promise(resolve => this.socket.on('close', code => resolve({ code, at: Date.now() })));
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  async end(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  private hear(text: string): void {
    const { type } = JSON.parse(text) as { type: string };
    const { begin, result } = WORDS[this.protocol];
    if (type === 'connection_ack') this.say({ id: 'feed', type: begin, payload: { query: this.query } });
    else if (type === 'ping') this.say({ type: 'pong' });
    else if (type === result) this.results.push(text);
  }

  private say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
}
