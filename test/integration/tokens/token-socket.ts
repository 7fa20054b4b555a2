import { WebSocket } from 'ws';

/** The two protocols of sockets that GraphQL speaks, and the words in which they differ. */
const WORDS = {
  'graphql-transport-ws': { begin: 'subscribe', result: 'next' },
  'graphql-ws': { begin: 'start', result: 'data' },
} as const;

export type SocketProtocol = keyof typeof WORDS;
export const SOCKET_PROTOCOLS = Object.keys(WORDS) as SocketProtocol[];

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly families: readonly unknown[] } };
}

/** How a socket ended: with which code, and when (milliseconds since 1970). */
export interface Closing {
  readonly code: number;
  readonly at: number;
}

/** A live query for one's families over a socket, spoken by hand: what is sent and what comes is all there is. */
export class TokenSocket {
  readonly closed: Promise<Closing>;
  /** How many families the first result shows; none when the token was refused. */
  readonly families: Promise<number>;
  private readonly socket: WebSocket;

  constructor(
    address: string,
    private readonly protocol: SocketProtocol,
    headers: Readonly<Record<string, string>>,
  ) {
    this.socket = new WebSocket(address.replace(/^http/, 'ws'), protocol);
    this.socket.on('open', () => this.say({ type: 'connection_init', payload: { headers } }));
    // Whatever the error, the end of the socket follows, and that is what counts.
    this.socket.on('error', () => undefined);
    this.closed = new Promise(resolve => this.socket.on('close', code => resolve({ code, at: Date.now() })));
    this.families = Promise.race([this.verdict(), this.closed.then(() => 0)]);
  }

  /** Hangs up and waits until nothing is left of the connection. */
  async end(): Promise<Closing> {
    this.socket.terminate();
    return this.closed;
  }

  private verdict(): Promise<number> {
    const { begin, result } = WORDS[this.protocol];
    return new Promise(resolve => {
      this.socket.on('message', (data: Buffer) => {
        const { type, payload } = JSON.parse(String(data)) as Message;
        if (type === 'connection_ack')
          this.say({ id: 'one', type: begin, payload: { query: 'subscription { families { id } }' } });
        if (type === result) resolve(payload?.data?.families.length ?? 0);
        if (type === 'connection_error' || type === 'error') resolve(0);
      });
    });
  }

  private say(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}
