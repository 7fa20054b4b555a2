import { formatTraceparent } from '@nself/observability';
import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { answerText } from '../../planner';
import type { Call } from './call';

/** What an endpoint answers. Several buffers are written one after the other, never joined or parsed. */
export interface Reply {
  readonly status: number;
  readonly body: readonly Buffer[];
  readonly type?: string;
  readonly headers?: OutgoingHttpHeaders;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** As Hasura: an answer of 700 bytes already gains by it. */
const COMPRESS_FROM = 700;
const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

export function json(value: unknown, status = 200): Reply {
  return { status, body: [Buffer.from(JSON.stringify(value))] };
}

/** What may hold numbers with more digits than a double has, or JSON that Postgres has built. */
export function exactJson(value: unknown): Reply {
  return { status: 200, body: [Buffer.from(answerText(value))] };
}

export function text(value: string, status = 200, type = 'text/plain; charset=utf-8'): Reply {
  return { status, body: [Buffer.from(value)], type };
}

/** Writes the reply, compressed when it is large enough and the client can read it. */
export function send(call: Call, response: ServerResponse, reply: Reply): Promise<void> | undefined {
  const size = sizeOf(reply.body);
  const coding = size > COMPRESS_FROM ? codingOf(call.request.headers['accept-encoding']) : undefined;
  if (coding !== undefined) return sendCompressed(coding, call, response, reply);
  finish(call, response, reply, reply.body, size);
  return undefined;
}

async function sendCompressed(
  coding: Coding,
  call: Call,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  const body = [await compressed(coding, Buffer.concat(reply.body))];
  response.setHeader('content-encoding', coding);
  response.appendHeader('vary', 'Accept-Encoding');
  finish(call, response, reply, body, sizeOf(body));
}

function finish(
  call: Call,
  response: ServerResponse,
  reply: Reply,
  body: readonly Buffer[],
  size: number,
): void {
  response.writeHead(reply.status, headersOf(call, reply, size));
  write(response, body, size);
}

/** As a plain list, which Node writes out as it is; an object it would have to take apart. */
function headersOf(call: Call, { type = JSON_TYPE, headers }: Reply, size: number): OutgoingHttpHeader[] {
  const list: OutgoingHttpHeader[] = [
    'content-type',
    type,
    'content-length',
    size,
    'x-request-id',
    call.requestId,
    'traceparent',
    formatTraceparent(call.trace),
    'x-content-type-options',
    'nosniff',
  ];
  if (headers)
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) list.push(name, value);
  const cookies = call.session?.setCookies;
  if (cookies) list.push('set-cookie', [...cookies]);
  return list;
}

/** Below this a body is copied next to its head, so that both leave in one write instead of a list of pieces. */
const COPY_UP_TO = 4096;

function write(response: ServerResponse, body: readonly Buffer[], size: number): void {
  if (size <= COPY_UP_TO) return void response.end(Buffer.concat(body, size).toString('latin1'), 'latin1');
  response.cork();
  for (const part of body) response.write(part);
  response.end();
  response.uncork();
}

function sizeOf(body: readonly Buffer[]): number {
  let size = 0;
  for (const part of body) size += part.length;
  return size;
}

type Coding = 'br' | 'gzip';

/** The best coding that the client accepts; a weight of zero is a refusal (RFC 9110, 12.5.3). */
function codingOf(accepted: string | undefined): Coding | undefined {
  if (accepted === undefined) return undefined;
  const codings = accepted.split(',').map(part => part.trim().toLowerCase());
  const takes = (name: Coding): boolean =>
    codings.some(coding => coding.split(';')[0]?.trim() === name && !/;\s*q=0(\.0*)?$/.test(coding));
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined;
}

function compressed(coding: Coding, bytes: Buffer): Promise<Buffer> {
  if (coding === 'gzip') return gzipAsync(bytes, { level: 4 });
  return brotliAsync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}
