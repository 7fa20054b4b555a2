import {
  adminDatabaseSettings,
  appDatabaseSettings,
  databaseLimitSettings,
  redisSettings,
  type ServiceDefinition,
} from '@nself/kernel';
import { identitySettings } from '@nself/identity';
import { storageSettings } from '@nself/media';
import { ApiModule } from './api.module';
import { apiSettings } from './api.settings';
import { publishDocuments } from './documents';

export const apiService: ServiceDefinition = {
  name: 'api',
  module: ApiModule,
  settings: [
    apiSettings,
    appDatabaseSettings,
    adminDatabaseSettings,
    databaseLimitSettings,
    redisSettings,
    identitySettings,
    storageSettings,
  ],
  port: settings => settings.get(apiSettings).port,
  configure: (app, settings) => publishDocuments(app, settings.get(apiSettings).publicUrl),
};
