import type { Engine, GraphqlRequest, RateLimit } from '../../engine';
import { EngineError, type Session } from '../../executor';
import type { LiveQueries } from '../../live-queries';
import type { Peer, RunningOperation } from './peer';

/** How a protocol tells results. `data` is the whole `{"data":...}` object in pieces. */
export interface Voice {
  data(payload: readonly Buffer[]): void;
  fail(error: unknown): void;
  complete(): void;
}

export interface OperationParts {
  readonly engine: Engine;
  readonly live: LiveQueries;
  readonly rateLimit: RateLimit;
}

/** Operations that may run on one socket at a time. */
const MOST = 500;

const KINDS = ['query', 'mutation', 'subscription'] as const;

/**
 * Starts what a client asked for on a socket; every error goes to the voice. It stands among the operations of the
 * peer before anything can happen to it, until the protocol stops it there, also when it is over by itself.
 */
export function startOperation(
  parts: OperationParts,
  peer: Peer,
  id: string,
  request: GraphqlRequest,
  voice: Voice,
): void {
  const running = new Running();
  peer.operations.set(id, running);
  void run(parts, peer, id, request, voice, running);
}

async function run(
  parts: OperationParts,
  peer: Peer,
  id: string,
  request: GraphqlRequest,
  voice: Voice,
  running: Running,
): Promise<void> {
  try {
    const session = sessionOf(peer);
    if (peer.operations.size > MOST)
      throw new EngineError('limit-exceeded', `a socket carries ${MOST} operations at most`);
    await session.admit?.(1);
    await parts.rateLimit.admit(parts.engine.limits, session, peer);
    const prepared = parts.engine.prepare(request, session, peer.surface, KINDS);
    if (running.stopped) return;
    if (prepared.plan.operation === 'subscription') {
      return running.with(parts.live.subscribe(prepared, new Outlet(peer, id, voice)));
    }
    const { body } = await parts.engine.run(prepared);
    if (running.stopped) return;
    voice.data(body);
    voice.complete();
  } catch (error) {
    if (!running.stopped) voice.fail(error);
  }
}

function sessionOf({ session }: Peer): Session {
  if (session) return session;
  throw new Error('An operation before the connection was initialised.');
}

/** An operation between its start and its end. */
class Running implements RunningOperation {
  stopped = false;
  private inner: RunningOperation | undefined;

  with(inner: RunningOperation): void {
    if (this.stopped) inner.stop();
    else this.inner = inner;
  }

  stop(): void {
    this.stopped = true;
    this.inner?.stop();
  }
}

/** Where a live query pours its results. */
class Outlet {
  constructor(
    private readonly peer: Peer,
    private readonly id: string,
    private readonly voice: Voice,
  ) {}

  get busy(): boolean {
    return this.peer.busy;
  }

  next(payload: Buffer): void {
    this.peer.offer(this.id, () => this.voice.data([payload]));
  }

  /** Calls back once the client has taken what waits for it. */
  whenReady(resume: () => void): void {
    this.peer.offer(this.id, resume);
  }

  fail(error: unknown): void {
    this.voice.fail(error);
  }
}
