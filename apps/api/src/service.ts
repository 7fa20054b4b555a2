import type { ServiceDefinition } from '@nself/kernel';
import { storageSettings } from '@nself/media';
import { tenancySettings } from '@nself/tenancy';
import { ApiModule } from './api.module';
import { apiSettings } from './api.settings';
import { publishDocuments } from './documents';

export const apiService: ServiceDefinition = {
  name: 'api',
  module: ApiModule,
  settings: [apiSettings, storageSettings, ...tenancySettings()],
  port: settings => settings.get(apiSettings).port,
  configure: (app, settings) => publishDocuments(app, settings.get(apiSettings).publicUrl),
};
