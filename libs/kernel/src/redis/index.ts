export { assertNoEviction, connectRedis } from './redis';
export { REDIS, RedisModule, redisSettings } from './redis.module';
