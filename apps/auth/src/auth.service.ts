import type { ServiceDefinition } from '@nself/kernel';
import { AuthModule } from './auth.module';
import { allAuthSettings, authSettings } from './auth.settings';
import { FaceFilter } from './nhost';

/** The auth service, for `main.ts` and for tests that start it in their own process. */
export const authService: ServiceDefinition = {
  name: 'auth',
  module: AuthModule,
  settings: allAuthSettings,
  port: settings => settings.get(authSettings).port,
  configure: app => void app.useGlobalFilters(new FaceFilter()),
};
