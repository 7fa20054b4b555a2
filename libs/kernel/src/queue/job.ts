import { currentTrace, formatTraceparent } from '@nself/observability';

/**
 * A kind of job. `Payload` is what it carries, as JSON; `version` grows when its shape changes, because jobs that
 * were enqueued by an older release still wait in the table.
 */
export interface JobDefinition<Payload> {
  readonly name: string;
  readonly version: number;
  /** How often it is tried before it becomes a dead letter. */
  readonly attempts: number;
  /** Seconds before the second try; each further pause is twice as long. */
  readonly backoff: number;
  /** Only for the compiler: no job has it. */
  readonly payload?: Payload;
}

const defined = new Map<string, JobDefinition<unknown>>();

/**
 * Declares a kind of job, for instance `defineJob<{ itemId: string }>('media.process')`. The first part of the name
 * is the queue that it runs in.
 */
export function defineJob<Payload>(
  name: `${string}.${string}`,
  { attempts = 5, backoff = 10, version = 1 }: { attempts?: number; backoff?: number; version?: number } = {},
): JobDefinition<Payload> {
  const job = { name, attempts, backoff, version };
  defined.set(name, job);
  return job;
}

/** Every kind of job that this process knows. */
export const definedJobs = (): ReadonlyMap<string, JobDefinition<unknown>> => defined;

/** When and for whom a job runs. */
export interface EnqueueOptions {
  /** The family that it works for; null for the platform. */
  readonly familyId: string | null;
  /** Not before; at once unless said otherwise. */
  readonly runAt?: Date;
  /** The same key of the same kind and family is the same job: it is enqueued once, ever. */
  readonly uniqueKey?: string;
  /** Higher goes first. */
  readonly priority?: number;
}

/** The caller's open transaction: a `pg` client or a TypeORM manager. */
export interface JobTransaction {
  query(text: string, values: unknown[]): Promise<unknown>;
}

const ENQUEUE = `
  insert into ops.jobs (family_id, name, payload, unique_key, priority, run_at, max_attempts, backoff_seconds, trace_id)
  values ($1, $2, $3, $4, $5, coalesce($6, now()), $7, $8, $9)
  on conflict do nothing`;

/**
 * Puts a job on the list of what is due, in the caller's own transaction: it exists exactly if the change does that
 * it belongs to (checks J1). The payload carries its version as `$version`.
 */
export async function enqueue<Payload extends object>(
  sql: JobTransaction,
  job: JobDefinition<Payload>,
  payload: Payload,
  { familyId, runAt, uniqueKey, priority = 0 }: EnqueueOptions,
): Promise<void> {
  const trace = currentTrace();
  await sql.query(ENQUEUE, [
    familyId,
    job.name,
    JSON.stringify({ ...payload, $version: job.version }),
    uniqueKey ?? null,
    priority,
    runAt ?? null,
    job.attempts,
    job.backoff,
    trace ? formatTraceparent(trace) : null,
  ]);
}
