import type { AnswerStore, RateCounter } from '@nself/graphql-engine';
import { logger } from '@nself/observability';
import type { Redis } from 'ioredis';

const log = logger('graphql-redis');
const ANSWERS = 'nself:graphql:answer:';
const RATES = 'nself:graphql:rate:';
const MINUTE_SECONDS = 60;

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

/** Requests in a minute, counted by all instances together; each alone while Redis is out of reach. */
export class RedisRates implements RateCounter {
  constructor(
    private readonly redis: Redis,
    private readonly alone: RateCounter,
  ) {}

  async count(key: string, minute: number): Promise<number> {
    const name = `${RATES}${minute}:${key}`;
    try {
      const answers = await this.redis.multi().incr(name).expire(name, MINUTE_SECONDS).exec();
      return Number(answers?.[0]?.[1]);
    } catch (error) {
      log.debug({ err: error }, 'requests are counted by this instance alone');
      return this.alone.count(key, minute);
    }
  }
}
