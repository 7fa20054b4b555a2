import { metrics } from '@nself/observability';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Surface } from '../../engine';
import type { Authenticator } from '../authentication';
import { isObject } from '../http/body';
import { clientAddress, type TrustsProxy } from '../http/address';
import { allows, type CorsPolicy } from '../http/cors';
import type { InternalsFor } from '../http/errors';
import { LegacySocket } from './legacy-ws';
import type { OperationParts } from './operation';
import { CLOSE, Peer, type Patience } from './peer';
import { speakTransport, transportServer, type TransportParts } from './transport-ws';

export interface SocketOptions extends OperationParts, Patience {
  readonly authenticator: Authenticator;
  readonly cors: CorsPolicy;
  /** Whether cookies of a handshake count although no page of another origin may call (`CorsPolicy` none). */
  readonly readsCookies: boolean;
  readonly internalsFor: InternalsFor;
  /** Calls back whenever sessions have ended. */
  readonly onSessionsEnded?: (look: () => void) => void;
  /** Largest message of a client, in bytes. */
  readonly messageLimit: number;
}

const PATHS: Readonly<Record<string, Surface>> = {
  '/v1/graphql': 'graphql',
  '/v1alpha1/graphql': 'graphql',
  '/v1beta1/relay': 'relay',
};
const EXAMINE_EVERY_MS = 500;
/** Sessions that end within this time are one reason to look at the sockets. */
const EXAMINE_WITHIN_MS = 20;
/** Milliseconds that a client has to answer the goodbye of a server that stops. */
const GOODBYE_MS = 2_000;
const TRANSPORT = 'graphql-transport-ws';
const LEGACY = 'graphql-ws';
/** The sign of life of the newer protocol, as Hasura words it; the client answers with a pong. */
const PING = { type: 'ping', payload: { message: 'keepalive' } };
/** A ping is answered, so it costs twice as much as a `ka`, and is sent so many times more rarely. */
const RARER = 6;

const open = metrics.gauge('nself_graphql_sockets', 'Open sockets.', []);

/**
 * All sockets of the process. Upgrades are taken at the engine's own addresses and refused elsewhere. One timer
 * serves all sockets: it closes those whose identity ended (within half a second, at once where somebody tells) and
 * sends signs of life.
 */
export class SocketGateway {
  private readonly peers = new Map<Peer, LegacySocket | undefined>();
  private readonly server: WebSocketServer;
  private readonly transport: ReturnType<typeof transportServer>;
  private readonly parts: TransportParts;
  private readonly handshakes = new WeakMap<Peer, IncomingHttpHeaders>();
  private timer: NodeJS.Timeout | undefined;
  private trusts: TrustsProxy = () => false;
  /** How patient the newer protocol is. */
  private readonly modern: Patience;
  private soon: NodeJS.Timeout | undefined;

  constructor(private readonly options: SocketOptions) {
    this.server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: options.messageLimit,
      handleProtocols: offered => (offered.has(TRANSPORT) ? TRANSPORT : offered.has(LEGACY) ? LEGACY : false),
    });
    this.parts = { ...options, identify: (peer, payload) => this.identify(peer, payload) };
    this.transport = transportServer(this.parts);
    this.modern = { initTimeoutMs: options.initTimeoutMs, keepAliveMs: options.keepAliveMs * RARER };
  }

  attach(server: Server, trusts: TrustsProxy): void {
    this.trusts = trusts;
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
    this.timer = setInterval(() => this.examine(Date.now()), EXAMINE_EVERY_MS).unref();
    this.options.onSessionsEnded?.(() => this.examineSoon());
  }

  get size(): number {
    return this.peers.size;
  }

  /** Lets nobody in any more and says goodbye to all; whoever does not answer is cut off a little later. */
  close(): void {
    clearInterval(this.timer);
    clearTimeout(this.soon);
    for (const peer of this.peers.keys()) peer.close(CLOSE.goingAway, 'going away');
    this.server.close();
    setTimeout(() => {
      for (const peer of this.peers.keys()) peer.terminate();
    }, GOODBYE_MS).unref();
  }

  private upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const surface = Object.hasOwn(PATHS, path) ? PATHS[path] : undefined;
    if (surface === undefined) return refuse(socket, '404 Not Found');
    const { origin } = request.headers;
    if (origin !== undefined && this.options.cors.allow === 'origins' && !allows(this.options.cors, origin)) {
      return refuse(socket, '403 Forbidden');
    }
    this.server.handleUpgrade(request, socket, head, accepted =>
      this.accept(accepted, socket, request, path, surface),
    );
  }

  private accept(
    socket: WebSocket,
    wire: Socket,
    request: IncomingMessage,
    path: string,
    surface: Surface,
  ): void {
    const modern = socket.protocol === TRANSPORT;
    const patience = modern ? this.modern : this.options;
    const peer = new Peer(socket, wire, surface, clientAddress(request, this.trusts), patience);
    this.handshakes.set(peer, this.trusted(request.headers));
    const legacy = modern
      ? undefined
      : new LegacySocket(this.parts, socket, peer, path === '/v1alpha1/graphql');
    this.peers.set(peer, legacy);
    open.set({}, this.peers.size);
    const closed = modern ? speakTransport(this.transport, socket, peer) : undefined;
    socket.on('error', () => peer.terminate());
    socket.on('close', (code, reason) => {
      this.peers.delete(peer);
      open.set({}, this.peers.size);
      peer.stopAll();
      closed?.(code, String(reason));
    });
  }

  /** Who connects: the `headers` of the init payload go over those of the handshake. */
  private async identify(peer: Peer, payload: unknown): Promise<void> {
    peer.greeted = true;
    const given = isObject(payload) && isObject(payload['headers']) ? payload['headers'] : {};
    const headers: IncomingHttpHeaders = { ...this.handshakes.get(peer) };
    for (const [name, value] of Object.entries(given)) {
      if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value);
    }
    peer.session = await this.options.authenticator.authenticate({ headers });
  }

  /** A browser sends cookies with every handshake, whichever page asked for it; CORS does not hold for sockets. */
  private trusted(headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const { cors, readsCookies } = this.options;
    if (cors.allow !== 'none' || readsCookies) return headers;
    const { cookie: _cookie, ...rest } = headers;
    return rest;
  }

  private examineSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.examine(Date.now());
    }, EXAMINE_WITHIN_MS).unref();
  }

  private examine(now: number): void {
    for (const [peer, legacy] of this.peers) {
      peer.examine(now);
      if (!peer.signDue(now)) continue;
      if (legacy) legacy.sign();
      else peer.send(PING);
    }
  }
}

/** Node no longer listens to this connection: if nobody did, a client that breaks it off would end the process. */
function refuse(socket: Socket, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
