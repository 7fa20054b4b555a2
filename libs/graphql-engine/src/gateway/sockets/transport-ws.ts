import { GraphQLError, GraphQLSchema, parse, type ExecutionArgs } from 'graphql';
import { makeServer, type Server } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { GraphqlRequest } from '../../engine';
import { errorJson, hearsInternals, toldError, type InternalsFor } from '../http/errors';
import { requestOf } from '../endpoints/graphql';
import { startOperation, type OperationParts } from './operation';
import { CLOSE, type Peer } from './peer';

/**
 * graphql-transport-ws. The protocol's states, timeouts and close codes are the `graphql-ws` library's. Results do not
 * go through it: it would parse nothing but would print every message anew for every socket, so the iterator that it
 * is given only says when an operation is over, and the operation writes its `next` frames around shared bytes.
 */
export interface TransportParts extends OperationParts {
  /** Proves who connects, from the payload of `connection_init`. */
  identify(peer: Peer, payload: unknown): Promise<void>;
  readonly internalsFor: InternalsFor;
  /** Milliseconds that a client has to say who it is. */
  readonly initTimeoutMs: number;
}

interface Extra {
  readonly peer: Peer;
}

const AFTER = Buffer.from('}');

export function transportServer(parts: TransportParts): Server<Extra> {
  const operations = new WeakMap<ExecutionArgs, GraphqlRequest & { id: string; peer: Peer }>();
  const run = (args: ExecutionArgs): AsyncGenerator<never> => {
    const operation = operations.get(args);
    if (!operation) throw new Error('An operation that nobody started.');
    return runOn(parts, operation.peer, operation.id, operation);
  };
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: parts.initTimeoutMs,
    onConnect: async ({ connectionParams, extra }) => {
      try {
        await parts.identify(extra.peer, connectionParams);
        return true;
      } catch (error) {
        extra.peer.close(CLOSE.forbidden, reasonOf(error));
        return false;
      }
    },
    onSubscribe: (context, id, payload) => {
      const args = { ...SEEN_BY_LIBRARY };
      operations.set(args, { ...requestOf(payload), id, peer: context.extra.peer });
      return args;
    },
    subscribe: run,
    execute: run,
  });
}

/** Joins an accepted socket to the protocol; gives what to call when it closes. */
export function speakTransport(
  server: Server<Extra>,
  socket: WebSocket,
  peer: Peer,
): (code: number, reason: string) => void {
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: text => {
        socket.send(text);
        peer.listenOrNot();
      },
      close: (code, reason) => peer.close(code ?? 1000, reason ?? ''),
      onMessage: take => {
        socket.on('message', (data: RawData) => {
          take(String(data)).catch((error: unknown) => peer.close(4400, reasonOf(error)));
        });
      },
    },
    { peer },
  );
  return (code, reason) => void closed(code, reason);
}

/** What the library needs to see as an operation; the engine reads the request itself. */
const SEEN_BY_LIBRARY: ExecutionArgs = {
  schema: new GraphQLSchema({}),
  document: parse('subscription { any }'),
};

function runOn(
  parts: TransportParts,
  peer: Peer,
  id: string,
  request: GraphqlRequest,
): AsyncGenerator<never> {
  const over = new Over();
  over.onEnd(() => peer.stop(id));
  const before = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  startOperation(parts, peer, id, request, {
    data: payload => peer.sendAround(before, payload, AFTER),
    complete: () => over.end(),
    fail: error => over.fail(graphqlError(error, hearsInternals(parts.internalsFor, peer.session))),
  });
  return over;
}

function graphqlError(error: unknown, internals: boolean): GraphQLError {
  const { message, extensions } = errorJson(toldError(error), internals);
  return new GraphQLError(message, { extensions: { ...extensions } });
}

const reasonOf = (error: unknown): string => toldError(error).message.slice(0, 120);

/** An iterator without values: pending while the operation runs, done when it is over. */
class Over implements AsyncGenerator<never> {
  private settle:
    { resolve(result: IteratorReturnResult<undefined>): void; reject(error: Error): void } | undefined;
  private outcome: { error?: Error } | undefined;
  private ended: (() => void) | undefined;

  onEnd(ended: () => void): void {
    this.ended = ended;
    if (this.outcome) ended();
  }

  end(): void {
    this.finish({});
  }

  fail(error: Error): void {
    this.finish({ error });
  }

  next(): Promise<IteratorResult<never, undefined>> {
    if (this.outcome?.error) return Promise.reject(this.outcome.error);
    if (this.outcome) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => (this.settle = { resolve, reject }));
  }

  return(): Promise<IteratorResult<never, undefined>> {
    this.finish({});
    return Promise.resolve(DONE);
  }

  throw(error: unknown): Promise<IteratorResult<never, undefined>> {
    this.finish({});
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.finish({});
  }

  private finish(outcome: { error?: Error }): void {
    if (this.outcome) return;
    this.outcome = outcome;
    if (outcome.error) this.settle?.reject(outcome.error);
    else this.settle?.resolve(DONE);
    this.ended?.();
  }
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };
