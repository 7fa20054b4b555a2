import { type HandlesJob, JobHandler } from '@nself/kernel';
import { ObjectSweeper } from '@nself/media';
import { sweepObjects } from '../schedules';

/** Clears away what broken-off uploads left. */
@JobHandler(sweepObjects)
export class SweepHandler implements HandlesJob<Record<string, never>> {
  constructor(private readonly sweeper: ObjectSweeper) {}

  async handle(): Promise<{ looked: number }> {
    return { looked: await this.sweeper.sweep() };
  }
}
