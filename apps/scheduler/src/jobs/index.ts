import { Module } from '@nestjs/common';
import { QueueModule } from '@nself/kernel';
import { JobPump } from './job-pump';
import { JobRunner } from './job-runner';
import { JobRepository } from './job.repository';

/** Due jobs: claimed from Postgres, carried by BullMQ, run once. */
@Module({ imports: [QueueModule], providers: [JobPump, JobRunner, JobRepository] })
export class JobsModule {}
