import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { HealthChecks } from '../health';
import { defineSettings, url, type SettingsOf } from '../settings';
import { connectRedis } from './redis';

export const redisSettings = defineSettings('redis', {
  url: {
    env: 'REDIS_URL',
    meaning: 'Redis for queues, limits and quick news between services.',
    shape: url({ protocols: ['redis', 'rediss'] }),
  },
});

/** Injects the service's connection to Redis. */
export const REDIS = Symbol.for('nself.redis');

/** One connection per service, in the whole application; `/ready` names it, and it may be down. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      useFactory: ({ url: address }: SettingsOf<typeof redisSettings>): Redis => connectRedis(address),
      inject: [redisSettings.token],
    },
  ],
  exports: [REDIS],
})
export class RedisModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly health: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.health.add({ name: 'redis', needed: false, check: async () => void (await this.redis.ping()) });
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
