import { type HandlesJob, JobHandler, type JobRun } from '@nself/kernel';
import { type ProcessMedia, processMedia, VariantMaker } from '@nself/media';

/** Makes the smaller pictures of a new media item. */
@JobHandler(processMedia)
export class ProcessHandler implements HandlesJob<ProcessMedia> {
  constructor(private readonly variants: VariantMaker) {}

  async handle({ itemId }: ProcessMedia, { familyId }: JobRun): Promise<{ made: readonly string[] }> {
    if (familyId === null) throw new Error('A media item belongs to a family.');
    return { made: await this.variants.make(familyId, itemId) };
  }
}
