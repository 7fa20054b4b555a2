import { Inject, Injectable } from '@nestjs/common';
import { Limiter, REDIS } from '@nself/kernel';
import type { Redis } from 'ioredis';
import type { Actor, KeyRate } from '../actor';

const MINUTE = 60_000;

/**
 * Holds the keys of machines to their rates. Whatever is asked in a key's name counts, at every service alike, in one
 * bucket in Redis; while Redis is away each instance counts for itself. The rate stands in the token, so that nothing
 * is looked up for it, and nothing at all is done for tokens that come from no key.
 */
@Injectable()
export class KeyRates {
  private readonly limiter: Limiter;

  constructor(@Inject(REDIS) redis: Redis) {
    this.limiter = new Limiter(redis);
  }

  /**
   * Counts requests of `actor`; undefined unless a key is behind it, so that nobody else waits. Rejects with
   * RateLimited, and counts none of them, when there are too many.
   */
  admit({ key }: Actor, requests = 1): Promise<void> | undefined {
    return key && this.take(key, requests);
  }

  /** @throws RateLimited */
  take({ id, perMinute }: KeyRate, requests = 1): Promise<void> {
    return this.limiter.take({ name: 'api-key', burst: perMinute, interval: MINUTE }, id, requests);
  }
}
