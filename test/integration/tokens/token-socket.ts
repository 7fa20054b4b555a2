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
  readonly payload?: unknown;
}

interface Families {
  readonly data?: { readonly families: readonly unknown[] };
}

/** How a socket ended: with which code, and when (milliseconds since 1970). */
export interface Closing {
  readonly code: number;
  readonly at: number;
}

/** A live query for one's families over a socket, spoken by hand: what is sent and what comes is all there is. */
export class TokenSocket {
  readonly closed: Promise<Closing>;
  /** What came of the question: its first result, or a refusal; undefined where the socket closed instead. */
  readonly answer: Promise<Message | undefined>;
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
    this.answer = Promise.race([this.verdict(), this.closed.then(() => undefined)]);
  }

  /** How many families the first result shows; none when the token was refused. */
  get families(): Promise<number> {
    const { result } = WORDS[this.protocol];
    return this.answer.then(answer =>
      answer?.type === result ? ((answer.payload as Families).data?.families.length ?? 0) : 0,
    );
  }

  /** Hangs up and waits until nothing is left of the connection. */
  async end(): Promise<Closing> {
    this.socket.terminate();
    return this.closed;
  }

  private verdict(): Promise<Message> {
    const { begin, result } = WORDS[this.protocol];
    return new Promise(resolve => {
      this.socket.on('message', (data: Buffer) => {
        const message = JSON.parse(String(data)) as Message;
        const { type } = message;
        if (type === 'connection_ack')
          this.say({ id: 'one', type: begin, payload: { query: 'subscription { families { id } }' } });
        if ([result, 'connection_error', 'error'].includes(type)) resolve(message);
      });
    });
  }

  private say(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}
