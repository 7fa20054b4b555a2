import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Attempts } from './attempts';
import { LimitGuard } from './limited';
import { Limiter } from './limiter';

export { Attempts } from './attempts';
export { limitSettings, type LimitSettings } from './limit.settings';
export { Limited } from './limited';
export { Limiter, type Limit } from './limiter';

/** How often is too often: per route, address and account. */
@Global()
@Module({
  providers: [Attempts, Limiter, { provide: APP_GUARD, useClass: LimitGuard }],
  exports: [Attempts, Limiter],
})
export class LimitsModule {}
