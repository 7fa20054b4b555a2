import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

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

export function text(value: string, status = 200, type = 'text/plain; charset=utf-8'): Reply {
  return { status, body: [Buffer.from(value)], type };
}

/** Writes the reply, compressed when it is large enough and the client can read it. */
export async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { body, headers } = reply;
  let size = 0;
  for (const part of body) size += part.length;
  response.statusCode = reply.status;
  response.setHeader('content-type', reply.type ?? JSON_TYPE);
  response.setHeader('x-content-type-options', 'nosniff');
  for (const name in headers) response.setHeader(name, headers[name] ?? '');
  const coding = size > COMPRESS_FROM ? codingOf(request.headers['accept-encoding']) : undefined;
  if (coding) return finish(response, [await compressed(coding, Buffer.concat(body))], coding);
  finish(response, body);
}

function finish(response: ServerResponse, body: readonly Buffer[], coding?: string): void {
  if (coding) response.setHeader('content-encoding', coding).setHeader('vary', 'Accept-Encoding');
  response.setHeader(
    'content-length',
    body.reduce((size, part) => size + part.length, 0),
  );
  response.cork();
  for (const part of body) response.write(part);
  response.end();
  response.uncork();
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
