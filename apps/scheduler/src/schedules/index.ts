import { Module } from '@nestjs/common';
import { ScheduleKeeper } from './schedule-keeper';

export { sweepObjects } from './schedules';

/** What happens by the clock. */
@Module({ providers: [ScheduleKeeper] })
export class SchedulesModule {}
