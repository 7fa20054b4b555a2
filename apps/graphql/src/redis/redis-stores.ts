import { RATE_WINDOW_MS, type AnswerStore, type RateCounter } from '@nself/graphql-engine';
import { logger } from '@nself/observability';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';

const log = logger('graphql-redis');
const ANSWERS = 'nself:graphql:answer:';
const RATES = 'nself:graphql:rate:';

/** Cached answers in Redis, shared by all instances. A Redis that is out of reach only costs the saving. */
export class RedisAnswers implements AnswerStore {
  constructor(private readonly redis: Redis) {}

  async get(key: string): Promise<{ body: Buffer; secondsLeft: number } | undefined> {
    try {
      const [body, secondsLeft] = await Promise.all([
        this.redis.getBuffer(ANSWERS + key),
        this.redis.ttl(ANSWERS + key),
      ]);
      return body && secondsLeft > 0 ? { body, secondsLeft } : undefined;
    } catch (error) {
      log.debug({ err: error }, 'a cached answer could not be read');
      return undefined;
    }
  }

  async set(key: string, body: Buffer, seconds: number): Promise<void> {
    await this.redis.set(ANSWERS + key, body, 'EX', seconds).catch((error: unknown) => {
      log.debug({ err: error }, 'an answer could not be cached');
    });
  }
}

/** The times of the operations within the window, in a sorted set; a refused operation leaves no trace. */
const ADMIT = `
  redis.call('zremrangebyscore', KEYS[1], 0, ARGV[1] - ARGV[4])
  if redis.call('zcard', KEYS[1]) + ARGV[2] > tonumber(ARGV[3]) then return 0 end
  for n = 1, ARGV[2] do redis.call('zadd', KEYS[1], ARGV[1], ARGV[5] .. n) end
  redis.call('pexpire', KEYS[1], ARGV[4])
  return 1`;

/** Operations in a minute, counted by all instances together; each alone while Redis is out of reach. */
export class RedisRates implements RateCounter {
  constructor(
    private readonly redis: Redis,
    private readonly alone: RateCounter,
  ) {}

  async admit(key: string, operations: number, most: number, now: number): Promise<boolean> {
    try {
      const name = RATES + key;
      const answer = await this.redis.eval(
        ADMIT,
        1,
        name,
        now,
        operations,
        most,
        RATE_WINDOW_MS,
        randomUUID(),
      );
      return answer === 1;
    } catch (error) {
      log.debug({ err: error }, 'operations are counted by this instance alone');
      return this.alone.admit(key, operations, most, now);
    }
  }
}
