import { metrics } from '@nself/observability';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Surface } from '../../engine';
import type { Authenticator } from '../authentication';
import { isObject } from '../http/body';
import { allows, type CorsPolicy } from '../http/cors';
import { LegacySocket } from './legacy-ws';
import type { OperationParts } from './operation';
import { CLOSE, Peer } from './peer';
import { speakTransport, transportServer, type TransportParts } from './transport-ws';

export interface SocketOptions extends OperationParts {
  readonly authenticator: Authenticator;
  readonly cors: CorsPolicy;
  readonly tellsInternals: boolean;
  /** Milliseconds between signs of life to clients of the older protocol. */
  readonly keepAliveMs: number;
  /** Largest message of a client, in bytes. */
  readonly messageLimit: number;
}

const PATHS: Readonly<Record<string, Surface>> = {
  '/v1/graphql': 'graphql',
  '/v1alpha1/graphql': 'graphql',
  '/v1beta1/relay': 'relay',
};
const EXAMINE_EVERY_MS = 500;
const TRANSPORT = 'graphql-transport-ws';
const LEGACY = 'graphql-ws';

const open = metrics.gauge('nself_graphql_sockets', 'Open sockets.', []);

/**
 * All sockets of the process. Upgrades are taken at the engine's own addresses and left alone elsewhere. One timer
 * serves all sockets: it closes those whose identity ended (within half a second) and sends signs of life.
 */
export class SocketGateway {
  private readonly peers = new Map<Peer, LegacySocket | undefined>();
  private readonly server: WebSocketServer;
  private readonly transport: ReturnType<typeof transportServer>;
  private readonly parts: TransportParts;
  private readonly handshakes = new WeakMap<Peer, IncomingHttpHeaders>();
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly options: SocketOptions) {
    this.server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: options.messageLimit,
      handleProtocols: offered => (offered.has(TRANSPORT) ? TRANSPORT : offered.has(LEGACY) ? LEGACY : false),
    });
    this.parts = { ...options, identify: (peer, payload) => this.identify(peer, payload) };
    this.transport = transportServer(this.parts);
  }

  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
    this.timers.push(setInterval(() => this.examine(), EXAMINE_EVERY_MS).unref());
    this.timers.push(setInterval(() => this.keepAlive(), this.options.keepAliveMs).unref());
  }

  get size(): number {
    return this.peers.size;
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const peer of this.peers.keys()) peer.close(CLOSE.goingAway, 'going away');
    this.server.close();
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
    const peer = new Peer(socket, wire, surface);
    this.handshakes.set(peer, request.headers);
    const modern = socket.protocol === TRANSPORT;
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
    const given = isObject(payload) && isObject(payload['headers']) ? payload['headers'] : {};
    const headers: IncomingHttpHeaders = { ...this.handshakes.get(peer) };
    for (const [name, value] of Object.entries(given)) {
      if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value);
    }
    peer.session = await this.options.authenticator.authenticate({ headers });
  }

  private examine(): void {
    const now = Date.now();
    for (const peer of this.peers.keys()) peer.examine(now);
  }

  private keepAlive(): void {
    for (const legacy of this.peers.values()) legacy?.keepAlive();
  }
}

function refuse(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
