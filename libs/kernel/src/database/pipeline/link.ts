import { EventEmitter } from 'node:events';
import { Client, type ClientConfig, type Connection } from 'pg';
import { Exchange, type Outcome } from './exchange';
import { FrameCutter } from './frames';
import type { Group } from './group';
import { PreparedNames, type PreparedLimits } from './prepared-names';
import { readingSocket } from './reading-socket';

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
    this.client = new Client({ stream: readingSocket, ...config });
    this.names = new PreparedNames(options.kept);
    this.client.on('error', error => this.broke(error));
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
      const cutter = new FrameCutter((code, body, frame, lasting) => {
        if (!this.current?.take(code, body, lasting)) rest.emit('data', frame);
      });
      socket.on('data', (chunk: Buffer) => cutter.push(chunk));
      socket.on('end', () => rest.emit('end'));
    };
  }

  /**
   * Sends the groups in one write, past `pg`'s own queue; resolves when the last one is answered, whatever came of it.
   * Rejects when a statement cannot be written.
   */
  async exchange(groups: readonly Group[]): Promise<readonly Outcome[]> {
    const exchange = new Exchange(groups, this.names, this.options.named);
    this.current = exchange;
    this.client.connection.stream.write(exchange.bytes);
    const outcomes = await exchange.answered;
    this.current = undefined;
    if (this.usable && exchange.transactionOpen) await this.rollback();
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

  private broke(error = new Error('The connection to Postgres ended.')): void {
    this.current?.fail(error);
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
