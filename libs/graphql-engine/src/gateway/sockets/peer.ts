import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Session } from '../../executor';
import type { Surface } from '../../engine';
import { textFrameHeader } from './frame';

/** Bytes that may wait in a socket before further live results are held back. */
const SOFT_LIMIT = 256 * 1024;
/** Milliseconds for which a socket may take nothing at all before it is given up. */
const STALLED_AFTER = 60_000;
/** Milliseconds after which the kernel asks a silent client's machine whether it is still there. */
const PROBE_AFTER = 30_000;

/** Close codes: of RFC 6455, and of graphql-transport-ws for those above 4000. */
export const CLOSE = { goingAway: 1001, tryAgainLater: 1013, forbidden: 4403, unheard: 4408 } as const;

/** What a peer is told about time, in milliseconds. */
export interface Patience {
  /** How long a client may take to say who it is. */
  readonly initTimeoutMs: number;
  /** Time between two signs of life to a client. */
  readonly keepAliveMs: number;
}

/** What one operation on a socket gives back when it is ended from the client's side. */
export interface RunningOperation {
  stop(): void;
}

/**
 * One open socket, whichever protocol it speaks: who it is, what runs on it, and how results get to it. A client that
 * reads slowly gets fewer results, never old ones piled up: of each live query only the newest waits.
 */
export class Peer {
  session: Session | undefined;
  /** Whether the client has begun to say who it is; finding out may take its time. */
  greeted = false;
  readonly operations = new Map<string, RunningOperation>();
  private readonly waiting = new Map<string, () => void>();
  private stalledSince: number | undefined;
  private readonly openedAt = Date.now();
  private signedAt = this.openedAt;

  constructor(
    private readonly socket: WebSocket,
    private readonly wire: Socket,
    readonly surface: Surface,
    readonly address: string,
    private readonly patience: Patience,
  ) {
    wire.setKeepAlive(true, PROBE_AFTER);
    wire.on('drain', () => this.flush());
  }

  get open(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(message: object): void {
    if (this.open) this.socket.send(JSON.stringify(message));
    this.listenOrNot();
  }

  /** Sends `before · payload · after` as one text message without copying the payload. */
  sendAround(before: Buffer, payload: readonly Buffer[], after: Buffer): void {
    if (!this.open) return;
    let size = before.length + after.length;
    for (const part of payload) size += part.length;
    this.wire.cork();
    this.wire.write(Buffer.concat([textFrameHeader(size), before]));
    for (const part of payload) this.wire.write(part);
    this.wire.write(after);
    this.wire.uncork();
    this.listenOrNot();
  }

  /** Whoever does not take the answers is not listened to either: each message would make another that waits. */
  listenOrNot(): void {
    if (this.busy && !this.socket.isPaused) this.socket.pause();
    else if (!this.busy && this.socket.isPaused) this.socket.resume();
  }

  /** Runs `deliver` now, or once the client has taken what waits; of one operation only the newest is kept. */
  offer(operation: string, deliver: () => void): void {
    if (this.busy) this.waiting.set(operation, deliver);
    else deliver();
  }

  get busy(): boolean {
    return this.wire.writableLength > SOFT_LIMIT;
  }

  close(code: number, reason: string): void {
    if (this.open) this.socket.close(code, reason);
  }

  terminate(): void {
    this.socket.terminate();
  }

  /** Ends everything that runs here; called once the socket is closed. */
  stopAll(): void {
    this.waiting.clear();
    for (const operation of [...this.operations.values()]) operation.stop();
    this.operations.clear();
  }

  stop(id: string): void {
    this.waiting.delete(id);
    this.operations.get(id)?.stop();
    this.operations.delete(id);
  }

  /** Whether another sign of life is due, which then counts as given. Sockets become due one by one, not all at once. */
  signDue(now: number): boolean {
    if (!this.session || now - this.signedAt < this.patience.keepAliveMs) return false;
    this.signedAt = now;
    return true;
  }

  /** Asked now and then: closes a socket whose identity has ended or whose client takes nothing. */
  examine(now: number): void {
    const { session } = this;
    if (!this.greeted && now - this.openedAt > this.patience.initTimeoutMs)
      return this.close(CLOSE.unheard, 'Connection initialisation timeout');
    if (session?.expiresAt !== undefined && session.expiresAt <= now)
      return this.close(CLOSE.forbidden, 'token expired');
    if (session?.stillValid && !session.stillValid()) return this.close(CLOSE.forbidden, 'access revoked');
    this.stalledSince = this.busy ? (this.stalledSince ?? now) : undefined;
    if (this.stalledSince !== undefined && now - this.stalledSince > STALLED_AFTER) this.terminate();
  }

  private flush(): void {
    this.deliver();
    this.listenOrNot();
  }

  private deliver(): void {
    for (const [operation, deliver] of this.waiting) {
      if (this.busy) return;
      this.waiting.delete(operation);
      deliver();
    }
  }
}
