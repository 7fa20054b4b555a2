import type { IncomingMessage } from 'node:http';
import { EngineError } from '../../executor';

/** Reads a request's body whole; refuses one that is larger than allowed before it is held in memory. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limit)
        reject(new EngineError('bad-request', 'the request body is too large', { status: 413 }));
      else parts.push(part);
    });
    request.on('end', () => resolve(parts.length === 1 ? (parts[0] ?? EMPTY) : Buffer.concat(parts)));
    request.on('error', () => reject(new EngineError('bad-request', 'the request was cut off')));
  });
}

const EMPTY = Buffer.alloc(0);

/** A text as JSON, or Hasura's complaint. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new EngineError('invalid-json', `invalid json: ${reason}`);
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
