import type { ServiceDefinition } from '@nself/kernel';
import { storageSettings } from '@nself/media';
import { tenancySettings } from '@nself/tenancy';
import { SchedulerModule } from './scheduler.module';
import { schedulerSettings } from './scheduler.settings';

export const schedulerService: ServiceDefinition = {
  name: 'scheduler',
  module: SchedulerModule,
  settings: [schedulerSettings, storageSettings, ...tenancySettings()],
  port: settings => settings.get(schedulerSettings).port,
};
