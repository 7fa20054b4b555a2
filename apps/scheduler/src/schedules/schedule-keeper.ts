import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, enqueue } from '@nself/kernel';
import { logger } from '@nself/observability';
import { serviceContext, TenantTransaction } from '@nself/tenancy';
import { type Schedule, schedules, slotOf } from './schedules';

const log = logger('schedules');
const LOOK_EVERY = 5_000;

/** Puts each slot of each schedule on the list of due jobs, once, however many schedulers do so. */
@Injectable()
export class ScheduleKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private readonly filled = new Map<Schedule, string>();

  constructor(
    private readonly transaction: TenantTransaction,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.fill();
    this.timer = setInterval(() => void this.fill(), LOOK_EVERY);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async fill(): Promise<void> {
    try {
      for (const schedule of schedules) await this.fillSlot(schedule);
    } catch (error) {
      log.warn({ err: error }, 'could not fill a slot; the next look comes soon');
    }
  }

  private async fillSlot(schedule: Schedule): Promise<void> {
    const slot = slotOf(schedule.every, this.clock.now());
    if (this.filled.get(schedule) === slot) return;
    await this.transaction.run(serviceContext(null), manager =>
      enqueue(manager, schedule.job, {}, { familyId: null, uniqueKey: slot }),
    );
    this.filled.set(schedule, slot);
  }
}
