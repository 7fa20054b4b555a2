export {
  defineJob,
  definedJobs,
  enqueue,
  type EnqueueOptions,
  type JobDefinition,
  type JobTransaction,
} from './job';
export { JobHandler, JobHandlers, type HandlesJob, type JobRun } from './job-handler';
export { QueueModule } from './queue.module';
