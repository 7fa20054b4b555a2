import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { send, type TestStack } from '../../support';
import { TokenSocket, type SocketProtocol } from './token-socket';

/** The services that take tokens. */
export const SERVICES = ['auth', 'api', 'graphql', 'stream-gateway'] as const;

/** Every place of a running house where a token is shown, HTTP and sockets. */
export const DOORS = [...SERVICES, 'graphql-transport-ws', 'graphql-ws'] as const;
export type Door = (typeof DOORS)[number];

type Headers = Readonly<Record<string, string>>;

interface GraphqlAnswer {
  readonly data?: { readonly families: readonly unknown[] };
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Long enough for a machine that does ten other things. */
export const PATIENCE_MS = 60_000;

/** Who knocks with a token where, and is let in or not. */
export class Doors {
  constructor(private readonly stack: TestStack) {}

  /** The doors that open for the bearer of this token. */
  async open(token: string, role?: string): Promise<Door[]> {
    const headers = { authorization: `Bearer ${token}`, ...(role && { 'x-hasura-role': role }) };
    const answers = await Promise.all(
      DOORS.map(async door => ((await this.letsIn(door, headers)) ? [door] : [])),
    );
    return answers.flat();
  }

  /** The doors that open, asked again while some that should do not: a service may say for a moment that it cannot tell. */
  async opening(token: string): Promise<Door[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const open = await this.open(token);
      if (open.length === DOORS.length || Date.now() > deadline) return open;
      await pause(100);
    }
  }

  /** Does this door open? A service that cannot tell is asked again: that is no refusal. */
  async letsIn(door: Door, headers: Headers): Promise<boolean> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const verdict = await this.verdict(door, headers);
      if (verdict !== undefined) return verdict;
      if (Date.now() > deadline) throw new Error(`${door} cannot tell`);
      await pause(100);
    }
  }

  private verdict(door: Door, headers: Headers): Promise<boolean | undefined> {
    if (door === 'graphql') return this.asksGraphql(headers);
    if (door === 'graphql-ws' || door === 'graphql-transport-ws') return this.subscribes(door, headers);
    return this.passes(door, headers);
  }

  /** Opens a socket and leaves it open. */
  socket(protocol: SocketProtocol, headers: Headers): TokenSocket {
    return new TokenSocket(this.stack.url('graphql', '/v1/graphql'), protocol, headers);
  }

  private async asksGraphql(headers: Headers): Promise<boolean | undefined> {
    const json = { query: '{ families { id } }' };
    const address = this.stack.url('graphql', '/v1/graphql');
    const { body } = await send<GraphqlAnswer>(address, { json, headers });
    if (body.errors?.some(error => error.extensions?.code === 'unexpected')) return undefined;
    return (body.data?.families.length ?? 0) > 0;
  }

  private async subscribes(protocol: SocketProtocol, headers: Headers): Promise<boolean> {
    const socket = this.socket(protocol, headers);
    const families = await socket.families;
    await socket.end();
    return families > 0;
  }

  /** Asks for something that is not there: who is let in hears 404, who is not 401 or 403. */
  private async passes(
    service: 'auth' | 'api' | 'stream-gateway',
    headers: Headers,
  ): Promise<boolean | undefined> {
    const [method, path] = {
      auth: ['GET', '/v1/auth/me'],
      api: ['GET', `/v1/media/${randomUUID()}`],
      'stream-gateway': ['DELETE', `/v1/streams/${randomUUID()}`],
    }[service] as [string, string];
    const { status } = await send(this.stack.url(service, path), { method, headers });
    if (status >= 500) return undefined;
    return status !== 401 && status !== 403;
  }
}
