import type { ServiceDefinition } from '@nself/kernel';
import type { NextFunction, Request, Response } from 'express';
import { AuthModule } from './auth.module';
import { allAuthSettings, authSettings } from './auth.settings';
import { FaceFilter } from './nhost';

/** Nearly every answer of auth holds a token or says who somebody is (RFC 6749, 5.1); the keys say otherwise. */
const keepNothing = (_request: Request, response: Response, next: NextFunction): void => {
  response.setHeader('cache-control', 'no-store');
  next();
};

/** The auth service, for `main.ts` and for tests that start it in their own process. */
export const authService: ServiceDefinition = {
  name: 'auth',
  module: AuthModule,
  settings: allAuthSettings,
  port: settings => settings.get(authSettings).port,
  configure: app => {
    app.use(keepNothing);
    app.useGlobalFilters(new FaceFilter());
  },
};
