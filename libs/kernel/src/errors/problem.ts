import { HttpException } from '@nestjs/common';
import type { ErrorCode } from './table';
import { errorTable } from './table';
import { ProblemError } from './problem-error';

/**
 * A problem document (RFC 9457). `type` is a URN made of the code, `code` the stable word to branch on.
 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code: ErrorCode;
  readonly traceId?: string;
  readonly [extension: string]: unknown;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'TIMED_OUT',
  409: 'CONFLICT',
  410: 'GONE',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  416: 'RANGE_NOT_SATISFIABLE',
  422: 'VALIDATION_FAILED',
  429: 'RATE_LIMITED',
  502: 'UPSTREAM_FAILED',
  503: 'UNAVAILABLE',
  504: 'TIMED_OUT',
};

/**
 * Turns whatever was thrown into an expected failure. Errors of the framework and of body parsers keep their status
 * but not their words, which may quote input or internals; everything unknown is INTERNAL.
 */
export function asProblemError(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  const status = statusOf(thrown);
  const code = (status && CODE_OF_STATUS[status]) || 'INTERNAL';
  return new ProblemError(code, undefined, { cause: thrown });
}

/** body-parser, busboy and others mark what the client did wrong with `status` and `expose`. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error) || !('expose' in thrown) || thrown.expose !== true) return undefined;
  return 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : undefined;
}

/** The document that a client gets for `error`. */
export function problemOf(
  error: ProblemError,
  { traceId, instance }: { traceId?: string; instance?: string },
): Problem {
  return {
    ...error.extensions,
    type: `urn:nself:error:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.title,
    status: error.status,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(instance === undefined ? {} : { instance }),
    code: error.code,
    ...(traceId === undefined ? {} : { traceId }),
  };
}

/** Whether `code` is in the table. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code);
