import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimited, REDIS } from '@nself/kernel';
import { logger } from '@nself/observability';
import type { Redis } from 'ioredis';
import { limitSettings, type LimitSettings } from './limit.settings';

const log = logger('auth.limits');

/** At most `burst` in any `interval` (milliseconds), refilled evenly. */
export interface Limit {
  name: string;
  burst: number;
  interval: number;
}

/**
 * The generic cell rate algorithm: one number per key says when the bucket will be full again. A cost of 0 only looks.
 * Answers how many milliseconds to wait, 0 when the request may pass. Redis' own clock counts, so that all instances
 * agree.
 */
const GCRA = `
  local time = redis.call('time')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local burst, interval, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local step = interval / burst
  local full = math.max(tonumber(redis.call('get', KEYS[1])) or now, now)
  local wait = full + step * math.max(cost, 1) - interval - now
  if wait > 0 then return math.ceil(wait) end
  if cost > 0 then redis.call('set', KEYS[1], full + step * cost, 'px', math.ceil(interval)) end
  return 0`;

/**
 * Limits how often something happens, across all instances, in Redis. While Redis is away each instance counts for
 * itself, so that limits grow looser by the number of instances but never vanish.
 */
@Injectable()
export class Limiter {
  private readonly own = new Map<string, number>();
  private redisIsAway = false;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(limitSettings.token) private readonly settings: LimitSettings,
  ) {}

  /** Takes one from the bucket of `key`. @throws RateLimited with `retryAfter` in seconds */
  async take(limit: Limit, key: string): Promise<void> {
    await this.pass(limit, key, 1);
  }

  /** Throws as {@link take} does when the bucket is empty, but takes nothing. */
  async look(limit: Limit, key: string): Promise<void> {
    await this.pass(limit, key, 0);
  }

  async forget(limit: Limit, key: string): Promise<void> {
    this.own.delete(keyOf(limit, key));
    if (this.redis.status !== 'ready') return;
    await this.redis.del(keyOf(limit, key)).catch((error: unknown) => this.complain(error));
  }

  private async pass(limit: Limit, key: string, cost: number): Promise<void> {
    if (!this.settings.enabled) return;
    const wait = await this.wait(limit, keyOf(limit, key), cost);
    if (wait > 0) throw new RateLimited(undefined, { extensions: { retryAfter: Math.ceil(wait / 1000) } });
  }

  private async wait({ burst, interval }: Limit, key: string, cost: number): Promise<number> {
    if (this.redis.status !== 'ready') return this.waitHere(burst, interval, key, cost);
    try {
      const wait = Number(await this.redis.eval(GCRA, 1, key, burst, interval, cost));
      this.redisIsAway = false;
      return wait;
    } catch (error) {
      this.complain(error);
      return this.waitHere(burst, interval, key, cost);
    }
  }

  private waitHere(burst: number, interval: number, key: string, cost: number): number {
    if (this.own.size > 100_000) this.own.clear();
    const now = Date.now();
    const step = interval / burst;
    const full = Math.max(this.own.get(key) ?? now, now);
    const wait = full + step * Math.max(cost, 1) - interval - now;
    if (wait > 0) return wait;
    if (cost > 0) this.own.set(key, full + step * cost);
    return 0;
  }

  private complain(error: unknown): void {
    if (!this.redisIsAway) log.warn({ err: error }, 'limits are counted per instance while Redis is away');
    this.redisIsAway = true;
  }
}

/** Keys hold a digest: who is locked out is nobody's business who can read Redis. */
const keyOf = (limit: Limit, key: string): string =>
  `nself:auth:limit:${limit.name}:${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
