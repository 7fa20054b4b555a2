import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { sha256 } from '../crypto';
import { asProblemError, BadRequest } from '../errors';
import type { PrincipalRequest } from '../routes';
import { underClaim } from './effect';
import { IdempotencyStore, type Claim, type KeptAnswer, type KeyedRequest } from './idempotency-store';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const KEPT_HEADERS = ['content-type', 'location', 'etag', 'set-cookie'];

/** Says that an answer was given before. */
export const REPLAY_HEADER = 'Idempotent-Replayed';

/**
 * Honours the header `Idempotency-Key` on every route that changes something
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/): the same request again gets the same
 * answer and nothing is done twice. Only success is kept; a refusal changed nothing and may be tried again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly store: IdempotencyStore) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<PrincipalRequest>();
    const key = request.header('idempotency-key');
    if (key === undefined || SAFE.has(request.method)) return next.handle();
    return from(this.once(keyed(request, key), http.getResponse<Response>(), next));
  }

  private async once(request: KeyedRequest, response: Response, next: CallHandler): Promise<unknown> {
    const claimed = await this.store.claim(request);
    return 'scope' in claimed ? this.carryOut(claimed, response, next) : replay(claimed, response);
  }

  private async carryOut(claim: Claim, response: Response, next: CallHandler): Promise<unknown> {
    let value: unknown;
    try {
      value = await underClaim(claim, () => lastValueFrom(next.handle(), { defaultValue: undefined }));
    } catch (error) {
      await this.store.release(claim, asProblemError(error).status < 500);
      throw error;
    }
    if (isRepeatable(value, response)) await this.store.keep(claim, answerOf(value, response));
    return value;
  }
}

function keyed(request: PrincipalRequest, header: string): KeyedRequest {
  const key = header.trim().replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new BadRequest('The Idempotency-Key is not 1 to 255 visible characters.');
  return {
    // Two strangers may well choose the same key; an answer may hold tokens, and must not go from one to the other.
    principal: request.principal ?? `stranger ${request.ip}`,
    method: request.method,
    path: request.originalUrl,
    key,
    fingerprint: fingerprintOf(request),
  };
}

/** A body that is streamed past the parsers cannot be read twice; its kind and length must stand for it. */
function fingerprintOf(request: PrincipalRequest): string {
  const type = request.header('content-type')?.split(';')[0] ?? '';
  const body = request.rawBody ?? `${type} ${request.header('content-length') ?? 'unknown'}`;
  return sha256(body).toString('hex');
}

const isRepeatable = (value: unknown, response: Response): boolean =>
  !response.headersSent &&
  response.statusCode < 300 &&
  !(value instanceof StreamableFile) &&
  !Buffer.isBuffer(value);

function answerOf(value: unknown, response: Response): KeptAnswer {
  const headers: Record<string, string | string[]> = {};
  for (const name of KEPT_HEADERS) {
    const header = response.getHeader(name);
    if (header !== undefined) headers[name] = Array.isArray(header) ? header : String(header);
  }
  return { status: response.statusCode, headers, value };
}

function replay({ status, headers, value }: KeptAnswer, response: Response): unknown {
  response.status(status).set(headers).set(REPLAY_HEADER, 'true');
  return value;
}
