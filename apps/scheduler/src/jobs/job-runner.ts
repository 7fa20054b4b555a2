import { Inject, Injectable } from '@nestjs/common';
import { JobHandlers, type SettingsOf } from '@nself/kernel';
import { logger, metrics, newTrace, parseTraceparent, runWithTrace } from '@nself/observability';
import { schedulerSettings } from '../scheduler.settings';
import { type ClaimedJob, JobRepository } from './job.repository';

const log = logger('jobs');
const runs = metrics.counter('nself_job_runs_total', 'Job runs by name and outcome.', ['job', 'outcome']);

/** Runs one claimed job under its own trace, keeps the claim alive meanwhile, and writes down what became of it. */
@Injectable()
export class JobRunner {
  constructor(
    private readonly jobs: JobRepository,
    private readonly handlers: JobHandlers,
    @Inject(schedulerSettings.token) private readonly settings: SettingsOf<typeof schedulerSettings>,
  ) {}

  run(job: ClaimedJob): Promise<void> {
    const trace = parseTraceparent(job.trace_id ?? undefined) ?? newTrace();
    return runWithTrace(trace, () => this.work(job));
  }

  private async work(job: ClaimedJob): Promise<void> {
    try {
      await this.jobs.finish(job.id, await this.handle(job));
      runs.inc({ job: job.name, outcome: 'done' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const outcome = (await this.jobs.fail(job.id, reason.slice(0, 2000))) ?? 'lost';
      runs.inc({ job: job.name, outcome });
      log.warn({ err: error, job: job.name, id: job.id, outcome }, 'a job failed');
    }
  }

  private async handle(job: ClaimedJob): Promise<unknown> {
    const handler = this.handlers.find(job.name);
    if (!handler) throw new Error(`Nobody here handles ${job.name}.`);
    const { $version, ...payload } = job.payload;
    const stop = new AbortController();
    const keeper = setInterval(() => void this.keep(job, stop), this.settings.lease / 3);
    const run = {
      id: job.id,
      familyId: job.family_id,
      attempt: job.attempts,
      version: Number($version ?? 1),
      signal: stop.signal,
    };
    return handler.handle(payload, run).finally(() => clearInterval(keeper));
  }

  private async keep(job: ClaimedJob, stop: AbortController): Promise<void> {
    const kept = await this.jobs.keep(job.id, this.settings.lease).catch((error: Error) => {
      log.warn({ err: error, id: job.id }, 'a claim could not be renewed; the next try comes soon');
      return true;
    });
    if (!kept) stop.abort();
  }
}
