import { parseTraceparent, type Trace } from '@nself/observability';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Session } from '../../executor';
import type { Authenticator, RequestPreview } from '../authentication';
import { clientAddress, type TrustsProxy } from './address';
import { readBody } from './body';
import type { Reply } from './reply';

/** One HTTP request on its way through the gateway. */
export class Call {
  readonly path: string;
  /** The part after the question mark, or ''. */
  readonly search: string;
  /** What the client calls this request, or what we do. */
  readonly requestId: string;
  readonly trace: Trace;
  private who: Session | undefined;

  constructor(
    readonly request: IncomingMessage,
    private readonly authenticator: Authenticator,
    private readonly bodyLimit: number,
    private readonly trusts: TrustsProxy,
  ) {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.search = mark < 0 ? '' : url.slice(mark + 1);
    const { traceparent, 'x-request-id': named } = request.headers;
    const fresh = randomUUID();
    this.requestId = typeof named === 'string' ? named : fresh;
    this.trace = traceOf(fresh, typeof traceparent === 'string' ? traceparent : undefined);
  }

  get method(): string {
    return this.request.method ?? 'GET';
  }

  get address(): string {
    return clientAddress(this.request, this.trusts);
  }

  body(): Promise<Buffer> {
    return readBody(this.request, this.bodyLimit);
  }

  /** Who asks for how many operations; throws when the proof is missing or wrong, or its bearer asks too often. */
  async authenticate(preview?: RequestPreview, operations = 1): Promise<Session> {
    const { headers } = this.request;
    const session = await this.authenticator.authenticate(
      preview ? { headers, request: preview } : { headers },
    );
    if (session === undefined) throw new Error('No way of authentication decided.');
    this.who = session;
    const counted = session.admit?.(Math.max(operations, 1));
    if (counted) await counted;
    return session;
  }

  /** Known once `authenticate` has succeeded; decides what errors may tell. */
  get session(): Session | undefined {
    return this.who;
  }
}

/** Answers one route, or throws. */
export type Endpoint = (call: Call) => Promise<Reply>;

/** A span of the caller's trace, or a trace of its own; a UUID has randomness enough for both ids. */
function traceOf(uuid: string, traceparent: string | undefined): Trace {
  const hex = uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24);
  const parent = traceparent === undefined ? undefined : parseTraceparent(traceparent);
  return { traceId: parent?.traceId ?? hex, spanId: hex.slice(16), flags: parent?.flags ?? 1 };
}
