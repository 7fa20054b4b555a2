import { newTrace, parseTraceparent, type Trace } from '@nself/observability';
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
  /** What the client calls this request, or else what no other has: its trace, or its span of the client's trace. */
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
    const parent = typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
    this.trace = newTrace(parent);
    const own = parent ? this.trace.spanId : this.trace.traceId;
    this.requestId = typeof named === 'string' ? named : own;
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

  /**
   * Who asks for how many operations; throws when the proof is missing or wrong, or its bearer asks too often. A
   * promise only where something must be waited for, which a token that is known needs not.
   */
  authenticate(preview?: RequestPreview, operations = 1): Session | Promise<Session> {
    const { headers } = this.request;
    const found = this.authenticator.authenticate(preview ? { headers, request: preview } : { headers });
    if (found instanceof Promise) return found.then(session => this.admit(session, operations));
    return this.admit(found, operations);
  }

  private admit(session: Session | undefined, operations: number): Session | Promise<Session> {
    if (session === undefined) throw new Error('No way of authentication decided.');
    this.who = session;
    const counted = session.admit?.(Math.max(operations, 1));
    return counted ? counted.then(() => session) : session;
  }

  /** Known once `authenticate` has succeeded; decides what errors may tell. */
  get session(): Session | undefined {
    return this.who;
  }
}

/** Answers one route, or throws. */
export type Endpoint = (call: Call) => Promise<Reply>;
