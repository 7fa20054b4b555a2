import type { RawData, WebSocket } from 'ws';
import { EngineError } from '../../executor';
import { requestOf } from '../endpoints/graphql';
import { isObject, type JsonObject } from '../http/body';
import { errorJson, hearsInternals, toldError } from '../http/errors';
import { startOperation } from './operation';
import type { Peer } from './peer';
import type { TransportParts } from './transport-ws';

/**
 * The older protocol, sub-protocol name `graphql-ws`, as the package `subscriptions-transport-ws` and Hasura speak it:
 * connection_init -> connection_ack (or connection_error), start -> data* -> complete (or error), stop, ka.
 */
export class LegacySocket {
  /** Frames take turns: clients send `start` behind `connection_init` without waiting for its answer. */
  private turn = Promise.resolve();

  constructor(
    private readonly parts: TransportParts,
    private readonly socket: WebSocket,
    private readonly peer: Peer,
    private readonly plainErrors: boolean,
  ) {
    socket.on('message', (data: RawData) => {
      this.turn = this.turn.then(() => this.take(String(data)));
    });
  }

  /** A sign of life. */
  sign(): void {
    this.peer.send({ type: 'ka' });
  }

  private async take(text: string): Promise<void> {
    try {
      await this.handle(messageOf(text));
    } catch (error) {
      this.peer.send({ type: 'connection_error', payload: toldError(error).message });
    }
  }

  private async handle(message: JsonObject): Promise<void> {
    switch (message['type']) {
      case 'connection_init':
        return this.initialise(message['payload']);
      case 'start':
        return this.start(idOf(message), message['payload']);
      case 'stop':
        return this.peer.stop(idOf(message));
      case 'connection_terminate':
        return this.socket.close(1000);
      default:
        throw new EngineError(
          'parse-failed',
          `parsing ClientMessage failed, unexpected type for ClientMessage: ${String(message['type'])}`,
        );
    }
  }

  private async initialise(payload: unknown): Promise<void> {
    await this.parts.identify(this.peer, payload);
    this.peer.send({ type: 'connection_ack' });
    this.sign();
  }

  private start(id: string, payload: unknown): void {
    if (!this.peer.session) {
      const early = new EngineError('start-failed', 'start received before the connection is initialised');
      return this.fail(id, early, true);
    }
    if (this.peer.operations.has(id)) {
      return this.fail(
        id,
        new EngineError('start-failed', `an operation already exists with this id: ${id}`),
        true,
      );
    }
    this.run(id, payload);
  }

  private run(id: string, payload: unknown): void {
    const before = Buffer.from(`{"type":"data","id":${JSON.stringify(id)},"payload":`);
    try {
      startOperation(this.parts, this.peer, id, requestOf(payload), {
        data: body => this.peer.sendAround(before, body, AFTER),
        complete: () => this.complete(id),
        fail: error => this.fail(id, error, this.plainErrors),
      });
    } catch (error) {
      this.fail(id, error, this.plainErrors);
    }
  }

  private complete(id: string): void {
    this.peer.stop(id);
    this.peer.send({ type: 'complete', id });
  }

  /** Hasura words start errors plainly, and all errors so at its oldest address. */
  private fail(id: string, thrown: unknown, plain: boolean): void {
    if (!(thrown instanceof EngineError && thrown.code === 'start-failed')) this.peer.stop(id);
    const error = toldError(thrown);
    const { path, code, message } = error;
    const internals = hearsInternals(this.parts.internalsFor, this.peer.session);
    const payload = plain ? { path, error: message, code } : { errors: [errorJson(error, internals)] };
    this.peer.send({ type: 'error', id, payload });
  }
}

const AFTER = Buffer.from('}');

function messageOf(text: string): JsonObject {
  try {
    const message: unknown = JSON.parse(text);
    if (isObject(message)) return message;
  } catch {
    throw new EngineError('parse-failed', 'parsing ClientMessage failed, not JSON');
  }
  throw new EngineError('parse-failed', 'parsing ClientMessage failed, expected Object');
}

function idOf({ id }: JsonObject): string {
  if (typeof id === 'string') return id;
  throw new EngineError('parse-failed', 'parsing ClientMessage failed, key "id" not found');
}
