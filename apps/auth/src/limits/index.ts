import { Global, Module, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Limiter, REDIS } from '@nself/kernel';
import type { Redis } from 'ioredis';
import { Attempts } from './attempts';
import { limitSettings, type LimitSettings } from './limit.settings';
import { LimitGuard } from './limited';

export { Attempts } from './attempts';
export { limitSettings, type LimitSettings } from './limit.settings';
export { Limited } from './limited';

const limiter: Provider = {
  provide: Limiter,
  useFactory: (redis: Redis, { enabled }: LimitSettings) => new Limiter(redis, enabled),
  inject: [REDIS, limitSettings.token],
};

/** How often is too often: per route, address and account. */
@Global()
@Module({
  providers: [Attempts, limiter, { provide: APP_GUARD, useClass: LimitGuard }],
  exports: [Attempts, Limiter],
})
export class LimitsModule {}
