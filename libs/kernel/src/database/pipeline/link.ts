import { EventEmitter } from 'node:events';
import { Client, type ClientConfig, type Connection } from 'pg';
import { Exchange, type Outcome } from './exchange';
import { FrameCutter } from './frames';
import type { Group } from './group';
import { PreparedNames, type PreparedLimits } from './prepared-names';

declare module 'pg' {
  interface Connection {
    /** Hook of `pg` that joins the socket to its parser. */
    attachListeners(source: EventEmitter): void;
  }
}

/** One connection that exchanges groups, one exchange at a time. */
export class Link {
  /** False once the connection broke; a broken link is thrown away. */
  usable = true;
  private readonly client: Client;
  private readonly names: PreparedNames;
  private current: Exchange | undefined;

  private constructor(
    config: ClientConfig,
    private readonly options: LinkOptions,
  ) {
    this.client = new Client(config);
    this.names = new PreparedNames(options.kept);
    this.client.on('error', () => this.broke());
    this.client.on('end', () => this.broke());
    this.tap(this.client.connection);
  }

  static async open(config: ClientConfig, options: LinkOptions): Promise<Link> {
    const link = new Link(config, options);
    await link.client.connect();
    return link;
  }

  /** Puts our cutter between the socket and `pg`'s parser, which then sees only what no exchange took. */
  private tap(connection: Connection): void {
    const attach = connection.attachListeners.bind(connection);
    connection.attachListeners = socket => {
      const rest = new EventEmitter();
      attach(rest);
      const cutter = new FrameCutter((code, body, frame) => {
        if (!this.current?.take(code, body)) rest.emit('data', frame);
      });
      socket.on('data', (chunk: Buffer) => cutter.push(chunk));
      socket.on('end', () => rest.emit('end'));
    };
  }

  /** Sends the groups in one write; resolves when the last one is answered. Never rejects. */
  async exchange(groups: readonly Group[]): Promise<readonly Outcome[]> {
    const outcomes = await new Promise<readonly Outcome[]>((resolve, reject) => {
      try {
        const exchange = new Exchange(groups, this.names, this.options.named, () =>
          resolve(exchange.outcomes),
        );
        this.current = exchange;
        this.client.query(exchange);
      } catch (error) {
        reject(error);
      }
    });
    this.current = undefined;
    if (this.usable && this.client.getTransactionStatus() !== 'I') await this.rollback();
    return outcomes;
  }

  /** After this every statement is parsed anew: the server no longer knows (or no longer accepts) what we prepared. */
  forgetStatements(): Promise<unknown> {
    this.names.clear();
    return this.client.query('deallocate all').catch(() => this.broke());
  }

  async close(): Promise<void> {
    this.usable = false;
    await this.client.end();
  }

  private async rollback(): Promise<void> {
    await this.client.query('rollback').catch(() => this.broke());
  }

  private broke(): void {
    if (!this.usable) return;
    this.usable = false;
    this.options.onBroken(this);
  }
}

export interface LinkOptions {
  /** How many prepared statements a connection keeps. */
  readonly kept: PreparedLimits;
  /** False behind a pooler that cannot keep prepared statements. */
  readonly named: boolean;
  onBroken(link: Link): void;
}
