import { hostname } from 'node:os';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { assertNoEviction, connectRedis, redisSettings, type SettingsOf } from '@nself/kernel';
import { logger } from '@nself/observability';
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { schedulerSettings } from '../scheduler.settings';
import { type ClaimedJob, JobRepository } from './job.repository';
import { JobRunner } from './job-runner';

const log = logger('jobs');
const QUEUE = 'nself-jobs';

/**
 * Claims what is due in Postgres and hands it to BullMQ, which spreads it over the workers of all schedulers.
 *
 * Postgres decides what is due and remembers what happened; the queue only carries. A claim is a lease: when Redis is
 * emptied or a worker dies, the lease runs out and the job is due again. The queue knows each attempt by a name of
 * its own, so an attempt that is handed over twice runs once.
 */
@Injectable()
export class JobPump implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly worker = `${hostname()}:${process.pid}`;
  private connections: readonly Redis[] = [];
  private queue: Queue<ClaimedJob>;
  private workers: Worker<ClaimedJob>;
  private timer?: NodeJS.Timeout;
  private claiming?: Promise<void>;

  constructor(
    private readonly jobs: JobRepository,
    private readonly runner: JobRunner,
    @Inject(schedulerSettings.token) private readonly settings: SettingsOf<typeof schedulerSettings>,
    @Inject(redisSettings.token) private readonly redis: SettingsOf<typeof redisSettings>,
  ) {}

  /** @throws StartError when this Redis would throw queued work away */
  async onApplicationBootstrap(): Promise<void> {
    const connect = (): Redis => connectRedis(this.redis.url, { maxRetriesPerRequest: null });
    const [forQueue, forWorkers] = [connect(), connect()];
    this.connections = [forQueue, forWorkers];
    await assertNoEviction(forQueue);
    const kept = { removeOnComplete: true, removeOnFail: true };
    this.queue = new Queue(QUEUE, { connection: forQueue, defaultJobOptions: kept });
    this.workers = new Worker(QUEUE, job => this.runner.run(job.data), {
      connection: forWorkers,
      concurrency: this.settings.concurrency,
    });
    this.workers.on('error', error => log.debug({ err: error }, 'the queue is out of reach'));
    this.queue.on('error', error => log.debug({ err: error }, 'the queue is out of reach'));
    this.timer = setInterval(() => void this.look(), this.settings.pollInterval);
  }

  /** Waits for the jobs at work; what cannot end in time falls due again when its lease runs out. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.claiming;
    await this.workers?.close();
    await this.queue?.close();
    for (const connection of this.connections) connection.disconnect();
  }

  /** One look at a time: a slow one must not be overtaken by the next. */
  private async look(): Promise<void> {
    if (this.claiming) return;
    this.claiming = this.claim().catch((error: unknown) => {
      log.warn({ err: error }, 'could not look for due jobs; the next look comes soon');
    });
    await this.claiming;
    this.claiming = undefined;
  }

  private async claim(): Promise<void> {
    const due = await this.jobs.claim(this.settings.concurrency * 2, this.worker, this.settings.lease);
    await this.queue.addBulk(
      due.map(job => ({ name: job.name, data: job, opts: { jobId: `${job.id}-${job.attempts}` } })),
    );
  }
}
