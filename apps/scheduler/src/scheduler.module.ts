import { Module } from '@nestjs/common';
import { RedisModule } from '@nself/kernel';
import { TenancyModule } from '@nself/tenancy';
import { JobsModule } from './jobs';
import { MediaJobsModule } from './media';
import { SchedulesModule } from './schedules';

/** Clock and worker of the house. It answers no requests, so it needs to know nobody. */
@Module({ imports: [RedisModule, TenancyModule.forRoot(), MediaJobsModule, SchedulesModule, JobsModule] })
export class SchedulerModule {}
