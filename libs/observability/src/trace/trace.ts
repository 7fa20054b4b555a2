import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/**
 * One position in a distributed trace, as W3C Trace Context names it.
 *
 * `traceId` is 32 and `spanId` 16 lower-case hex digits, never all zero; `flags` is one byte (bit 0: sampled).
 * Source: https://www.w3.org/TR/trace-context/
 */
export interface Trace {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

const current = new AsyncLocalStorage<Trace>();

/** The trace of the work that is going on, or undefined outside of any. */
export const currentTrace = (): Trace | undefined => current.getStore();

/** Runs `fn`, and everything it awaits, inside `trace`. */
export const runWithTrace = <T>(trace: Trace, fn: () => T): T => current.run(trace, fn);

/**
 * Stops following traces until the next `runWithTrace`; work that goes on meanwhile loses its own. While they are
 * followed, every promise of the process costs a little more, so a process whose hot path carries its trace by hand
 * calls this when nobody else's work is going on.
 */
export const stopFollowingTraces = (): void => current.disable();

/** A fresh trace, or a fresh span of `parent`'s trace. */
export function newTrace(parent?: Trace): Trace {
  return {
    traceId: parent?.traceId ?? randomHex(32),
    spanId: randomHex(16),
    flags: parent?.flags ?? SAMPLED,
  };
}

/**
 * Reads a `traceparent` header. Undefined when it is absent or breaks the standard: the caller then starts a new
 * trace, as the standard demands. A version we do not know may carry more fields; version 00 may not.
 */
export function parseTraceparent(header: string | undefined): Trace | undefined {
  const match = TRACEPARENT.exec(header ?? '');
  if (!match) return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', rest] = match;
  const forbidden = version === 'ff' || (version === '00' && rest !== undefined);
  if (forbidden || isZero(traceId) || isZero(spanId)) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

/** Writes `trace` as a `traceparent` header, version 00. */
export const formatTraceparent = ({ traceId, spanId, flags }: Trace): string =>
  `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`;

const isZero = (hex: string): boolean => /^0+$/.test(hex);

const DRAWN_BYTES = 4096;

/** Drawn in advance, because a call for every few digits costs more than the digits. */
let drawn = '';
let used = 0;

function randomHex(digits: number): string {
  if (used + digits > drawn.length) {
    drawn = randomBytes(DRAWN_BYTES).toString('hex');
    used = 0;
  }
  const hex = drawn.slice(used, (used += digits));
  return isZero(hex) ? randomHex(digits) : hex;
}
