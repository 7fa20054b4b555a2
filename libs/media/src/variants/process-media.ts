import { defineJob } from '@nself/kernel';

export interface ProcessMedia {
  readonly itemId: string;
}

/** Enqueued with each upload: makes the variants of the item and sets it ready. */
export const processMedia = defineJob<ProcessMedia>('media.process', { attempts: 5, backoff: 15 });
