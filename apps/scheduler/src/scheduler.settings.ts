import { defineSettings, duration, integer, port } from '@nself/kernel';

export const schedulerSettings = defineSettings('scheduler', {
  port: {
    env: 'SCHEDULER_PORT',
    meaning: 'Port of the scheduler, for health and metrics only.',
    shape: port(),
    default: 3004,
  },
  concurrency: {
    env: 'SCHEDULER_CONCURRENCY',
    meaning: 'How many jobs one scheduler works on at the same time.',
    shape: integer({ min: 1, max: 200 }),
    default: 4,
  },
  pollInterval: {
    env: 'SCHEDULER_POLL_INTERVAL',
    meaning: 'How often the list of due jobs is looked at.',
    shape: duration(),
    default: 1_000,
  },
  lease: {
    env: 'SCHEDULER_LEASE',
    meaning: 'How long a claimed job stays with its worker without a sign of life.',
    shape: duration(),
    default: 60_000,
  },
});
