import { createService, type Environment } from '@nself/kernel';
import { Client } from 'pg';
import { WebSocket } from 'ws';
import { emptyDatabase, type EmptyDatabase } from '../../../test/support';
import { graphqlService } from './service';

export const SECRET = 'a-secret-of-the-tests-0123456789';

const TABLES = `
  create table author  (id int primary key, name text not null unique);
  create table article (id int primary key, title text not null, author_id int not null references author, big numeric);
  insert into author  values (1, 'Ann'), (2, 'Ben');
  insert into article values (1, 'One', 1, 9007199254740993), (2, 'Two', 1, 2), (3, 'Three', 2, 3);
  create function slow_authors() returns setof author language sql stable as
    $$ select a.* from pg_sleep(5), author a $$;`;

const table = (name: string): object => ({ source: 'default', table: { schema: 'public', name } });
const select = (name: string, filter: object): object => ({
  type: 'pg_create_select_permission',
  args: { ...table(name), role: 'user', permission: { columns: '*', filter, allow_aggregations: true } },
});

const METADATA = {
  type: 'bulk',
  args: [
    { type: 'pg_track_table', args: table('author') },
    { type: 'pg_track_table', args: table('article') },
    { type: 'pg_track_function', args: { source: 'default', function: 'slow_authors' } },
    {
      type: 'pg_create_array_relationship',
      args: {
        ...table('author'),
        name: 'articles',
        using: { foreign_key_constraint_on: { table: 'article', column: 'author_id' } },
      },
    },
    select('author', {}),
    select('article', { author_id: { _eq: 'X-Hasura-User-Id' } }),
  ],
};

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The engine by itself on a database with authors and articles. */
export class Alone {
  private constructor(
    readonly url: string,
    readonly database: EmptyDatabase,
    private readonly stop: () => Promise<void>,
  ) {}

  static async open(extra: Environment = {}): Promise<Alone> {
    const database = await emptyDatabase();
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HASURA_GRAPHQL_DATABASE_URL: database.ownerUrl,
      HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
      ...extra,
    };
    const { app } = await createService(graphqlService(env), env);
    await app.listen(0, '127.0.0.1');
    const alone = new Alone(await app.getUrl(), database, () => app.close());
    await alone.sql(TABLES);
    const told = await alone.admin('/v1/metadata', METADATA);
    if (told.status !== 200) throw new Error(JSON.stringify(told.body));
    return alone;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.database.drop();
  }

  /** Behind the engine's back. */
  async sql(text: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.database.ownerUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  async send(path: string, init: RequestInit): Promise<Reply> {
    const response = await fetch(this.url + path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : parsed(text),
    };
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send(path, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  admin(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return this.post(path, body, { 'x-hasura-admin-secret': SECRET, ...headers });
  }

  user(id: number, body: unknown): Promise<Reply> {
    return this.admin('/v1/graphql', body, as(id));
  }

  metadata(type: string, args: object): Promise<Reply> {
    return this.admin('/v1/metadata', { type, args });
  }

  socket(protocol: string, path = '/v1/graphql', headers: Record<string, string> = {}): Promise<Talk> {
    return Talk.open(this.url.replace('http', 'ws') + path, protocol, headers);
  }
}

export const as = (id: number): Record<string, string> => ({
  'x-hasura-role': 'user',
  'x-hasura-user-id': String(id),
});
export const secret = { 'x-hasura-admin-secret': SECRET };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

const SIGNS_OF_LIFE = new Set(['ka', 'ping']);

/** A conversation over a socket, message by message. */
export class Talk {
  private readonly heard: Message[] = [];
  private wake: () => void = () => {};
  private closing: number | undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', data => this.hear(JSON.parse(String(data))));
    socket.on('close', code => {
      this.closing = code;
      this.wake();
    });
  }

  static open(url: string, protocol: string, headers: Record<string, string> = {}): Promise<Talk> {
    const socket = new WebSocket(url, protocol === '' ? [] : [protocol], { headers });
    const talk = new Talk(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(talk));
      socket.once('error', reject);
    });
  }

  say(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message that is not a sign of life. */
  async next(): Promise<Message> {
    for (;;) {
      const message = await this.any();
      if (!SIGNS_OF_LIFE.has(message.type)) return message;
    }
  }

  /** The next message, or how the socket was closed. */
  async any(): Promise<Message> {
    for (;;) {
      const message = this.heard.shift();
      if (message) return message;
      if (this.closing !== undefined) return { type: `closed ${this.closing}` };
      await new Promise<void>(resolve => (this.wake = resolve));
    }
  }

  /** Whether nothing is said for a while. */
  async silent(milliseconds: number): Promise<boolean> {
    await new Promise(resolve => setTimeout(resolve, milliseconds));
    return this.heard.every(({ type }) => SIGNS_OF_LIFE.has(type));
  }

  /** Bytes that were said and that nobody has taken. */
  get unheard(): number {
    return this.socket.bufferedAmount;
  }

  /** Takes nothing from the wire for as long as the work goes on. */
  async deafDuring(work: () => Promise<void>): Promise<void> {
    this.socket.pause();
    await work();
    this.socket.resume();
  }

  close(): void {
    this.socket.terminate();
  }

  private hear(message: Message): void {
    this.heard.push(message);
    this.wake();
  }
}
