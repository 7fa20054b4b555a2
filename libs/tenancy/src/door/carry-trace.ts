import { currentTrace, formatTraceparent } from '@nself/observability';
import type { QueryRunner } from 'typeorm';

/**
 * Lets every statement of a runner carry the trace in a comment (https://google.github.io/sqlcommenter/spec/), so that
 * the log and the activity view of Postgres name the request. Statistics of statements ignore comments.
 */
export function carryTrace(runner: QueryRunner): void {
  const trace = currentTrace();
  if (!trace) return;
  const comment = `/*traceparent='${formatTraceparent(trace)}'*/`;
  const query = runner.query.bind(runner) as (text: string, ...rest: unknown[]) => Promise<unknown>;
  Object.assign(runner, {
    query: (text: string, ...rest: unknown[]) => query(`${text}\n${comment}`, ...rest),
  });
}
