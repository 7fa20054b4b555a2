import { logger, stopFollowingTraces } from '@nself/observability';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import {
  Engine,
  LocalAnswerStore,
  LocalRateCounter,
  RateLimit,
  type AnswerStore,
  type RateCounter,
} from './engine';
import type { QueryRunner } from './executor';
import type { Authenticator } from './gateway/authentication';
import { Gateway, type Api } from './gateway/gateway';
import type { TrustsProxy } from './gateway/http/address';
import type { CorsPolicy } from './gateway/http/cors';
import type { InternalsFor } from './gateway/http/errors';
import { SocketGateway } from './gateway/sockets';
import { ChangeFeed, LiveQueries } from './live-queries';
import { MetadataApi } from './metadata-api';
import type { EngineOptions as ModelSettings } from './model';
import { parseBoolExp } from './permissions';

type Listeners = ReturnType<Server['listeners']>;

/** Everything that an installation decides. */
export interface ServiceOptions {
  readonly runner: QueryRunner & { end(): Promise<void> };
  readonly authenticator: Authenticator;
  readonly model: ModelSettings;
  readonly cors: CorsPolicy;
  readonly apis: ReadonlySet<Api>;
  readonly consoleOn: boolean;
  readonly allowListOn: boolean;
  readonly allowRunSql: boolean;
  readonly internalsFor: InternalsFor;
  readonly version: string;
  /** What `/v1alpha1/config` tells. */
  readonly config: () => object;
  /** Bytes. */
  readonly bodyLimit: number;
  /** Milliseconds. */
  readonly refetchMs: number;
  /** Live queries in one write. */
  readonly liveBatch: number;
  /** Milliseconds between two signs of life on a socket. */
  readonly keepAliveMs: number;
  /** Milliseconds that the client of a socket has to say who it is. */
  readonly initTimeoutMs: number;
  /** Whether sockets read cookies although CORS is off. */
  readonly readsCookies: boolean;
  /** Calls back whenever sessions have ended, so that their sockets close at once. */
  readonly onSessionsEnded?: (look: () => void) => void;
  /** Shared by instances through Redis, else of this process. */
  readonly rateCounter?: RateCounter;
  readonly answers?: AnswerStore;
}

const SOCKET_MESSAGE_LIMIT = 4 * 1024 * 1024;

const log = logger('graphql');

/** The rooms of the engine put together. */
export class EngineService {
  readonly engine: Engine;
  readonly live: LiveQueries;
  private readonly metadata: MetadataApi;
  private readonly gateway: Gateway;
  private readonly sockets: SocketGateway;
  private readonly feed = new ChangeFeed();
  /** Requests that others are answering. */
  private passed = 0;

  constructor(private readonly options: ServiceOptions) {
    const { runner, allowListOn } = options;
    this.engine = new Engine({ runner, allowListOn, answers: options.answers ?? new LocalAnswerStore() });
    this.metadata = this.makeMetadata();
    this.live = this.makeLive();
    const rateLimit = new RateLimit(options.rateCounter ?? new LocalRateCounter());
    this.gateway = this.makeGateway(rateLimit);
    const { engine, live } = this;
    this.sockets = new SocketGateway({
      ...options,
      engine,
      live,
      rateLimit,
      messageLimit: SOCKET_MESSAGE_LIMIT,
    });
  }

  /** Loads the metadata and begins to listen; after this requests are answered. */
  async start(): Promise<void> {
    await this.metadata.start();
    await this.feed.start(this.options.runner);
  }

  /**
   * Puts the engine before whatever answers the server's requests now, and takes its sockets.
   * @param trusts which machines are proxies of ours, and believed about who stands before them
   */
  attach(server: Server, trusts: TrustsProxy): void {
    const others = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (!this.gateway.handle(request, response, trusts)) this.pass(server, others, request, response);
    });
    this.sockets.attach(server, trusts);
  }

  /** Others follow traces through every promise; when the last of their requests is over, that may end again. */
  private pass(server: Server, others: Listeners, request: IncomingMessage, response: ServerResponse): void {
    this.passed++;
    response.once('close', () => {
      if (--this.passed === 0) stopFollowingTraces();
    });
    for (const other of others) Reflect.apply(other, server, [request, response]);
  }

  /** Closes all sockets: a server that closes waits for them, so this comes before. */
  closeSockets(): void {
    this.sockets.close();
  }

  /** Once the server has closed. */
  async stop(): Promise<void> {
    this.live.stop();
    await this.metadata.stop();
    await this.feed.stop();
    await this.options.runner.end();
  }

  /** A question to the database that fails when it cannot answer. */
  async ping(): Promise<void> {
    await this.options.runner.transaction({}, tx => tx.query('select 1'), { readOnly: true });
  }

  private makeMetadata(): MetadataApi {
    const { runner, model, allowRunSql } = this.options;
    return new MetadataApi({
      runner,
      options: model,
      allowRunSql,
      readFilter: parseBoolExp,
      publish: served => this.engine.serve(served),
      onError: error => log.error({ err: error }, 'a change of the metadata could not be loaded'),
    });
  }

  private makeLive(): LiveQueries {
    const { runner, refetchMs, liveBatch } = this.options;
    return new LiveQueries({ engine: this.engine, runner, feed: this.feed, refetchMs, batch: liveBatch });
  }

  private makeGateway(rateLimit: RateLimit): Gateway {
    const { engine, metadata } = this;
    return new Gateway({
      ...this.options,
      engine,
      rateLimit,
      commands: {
        metadata: (body, session) => metadata.metadata(body, session),
        query: (body, session) => metadata.query(body, session),
        v1Query: (body, session) => metadata.v1Query(body, session),
      },
    });
  }
}
