import { defineJob, type JobDefinition } from '@nself/kernel';

/** Looks after unfinished uploads of all families. */
export const sweepObjects = defineJob<Record<string, never>>('objects.sweep', { attempts: 1 });

/** Something that is to happen again and again; `every` is in milliseconds. */
export interface Schedule {
  readonly job: JobDefinition<Record<string, never>>;
  readonly every: number;
}

export const schedules: readonly Schedule[] = [{ job: sweepObjects, every: 60_000 }];

/** Names the slot that a moment falls into; every scheduler names it alike, so the slot is filled once. */
export const slotOf = (every: number, now: Date): string =>
  new Date(Math.floor(now.getTime() / every) * every).toISOString();
