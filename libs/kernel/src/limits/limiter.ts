import { logger } from '@nself/observability';
import type { Redis, Result } from 'ioredis';
import { createHash } from 'node:crypto';
import { RateLimited } from '../errors';

const log = logger('limits');

/** At most `burst` in any `interval` (milliseconds), refilled evenly. */
export interface Limit {
  name: string;
  burst: number;
  interval: number;
}

/** A bucket of a limit: whose. */
export interface Bucket {
  limit: Limit;
  key: string;
}

/**
 * The generic cell rate algorithm, for several buckets at once: one number per bucket says when it will be full again.
 * A cost of 0 only looks. Each bucket that has room is taken from. Answers for each how many milliseconds to wait, 0
 * when there was room, and -1 when there was and the bucket is untouched. Redis' own clock counts, so that all
 * instances agree.
 */
const GCRA = `
  local time = redis.call('time')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local cost = tonumber(ARGV[1])
  local waits = {}
  for i, key in ipairs(KEYS) do
    local burst, interval = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
    local step = interval / burst
    local kept = tonumber(redis.call('get', key))
    local full = math.max(kept or now, now)
    local wait = full + step * math.max(cost, 1) - interval - now
    if wait > 0 then
      waits[i] = math.ceil(wait)
    else
      if cost > 0 then redis.call('set', key, full + step * cost, 'px', math.ceil(interval)) end
      waits[i] = kept and 0 or -1
    end
  end
  return waits`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    nselfLimits(keys: number, ...words: (string | number)[]): Result<number[], Context>;
  }
}

/**
 * Limits how often something happens, across all instances, in Redis. While Redis is away each instance counts for
 * itself, so that limits grow looser by the number of instances but never vanish.
 */
export class Limiter {
  private readonly own = new Map<string, number>();
  private redisIsAway = false;

  constructor(
    private readonly redis: Redis,
    private readonly enabled = true,
  ) {
    redis.defineCommand('nselfLimits', { lua: GCRA });
  }

  /** Takes `cost` from the bucket of `key`, or nothing. @throws RateLimited with `retryAfter` in seconds */
  async take(limit: Limit, key: string, cost = 1): Promise<void> {
    refuse(await this.ask([{ limit, key }], cost));
  }

  /**
   * Throws as {@link take} does when one of the buckets is empty, but takes nothing. Answers whether anything was ever
   * taken from them, as far as that still counts.
   */
  async look(buckets: readonly Bucket[]): Promise<boolean> {
    const waits = await this.ask(buckets, 0);
    refuse(waits);
    return waits.some(wait => wait === 0);
  }

  /** Takes one from each bucket that has one left; an empty one stays as it is, and nobody is told. */
  async count(buckets: readonly Bucket[]): Promise<void> {
    await this.ask(buckets, 1);
  }

  async forget(limit: Limit, key: string): Promise<void> {
    this.own.delete(nameOf({ limit, key }));
    if (!this.enabled || this.redis.status !== 'ready') return;
    await this.redis.del(nameOf({ limit, key })).catch((error: unknown) => this.complain(error));
  }

  private async ask(buckets: readonly Bucket[], cost: number): Promise<number[]> {
    if (!this.enabled || buckets.length === 0) return [];
    if (this.redis.status !== 'ready') return this.askHere(buckets, cost);
    const sizes = buckets.flatMap(({ limit }) => [limit.burst, limit.interval]);
    try {
      const waits = await this.redis.nselfLimits(buckets.length, ...buckets.map(nameOf), cost, ...sizes);
      this.redisIsAway = false;
      return waits;
    } catch (error) {
      this.complain(error);
      return this.askHere(buckets, cost);
    }
  }

  private askHere(buckets: readonly Bucket[], cost: number): number[] {
    if (this.own.size > 100_000) this.own.clear();
    const now = Date.now();
    return buckets.map(bucket => this.askOne(bucket, cost, now));
  }

  private askOne(bucket: Bucket, cost: number, now: number): number {
    const { burst, interval } = bucket.limit;
    const name = nameOf(bucket);
    const kept = this.own.get(name);
    const step = interval / burst;
    const full = Math.max(kept ?? now, now);
    const wait = full + step * Math.max(cost, 1) - interval - now;
    if (wait > 0) return wait;
    if (cost > 0) this.own.set(name, full + step * cost);
    return kept === undefined ? -1 : 0;
  }

  private complain(error: unknown): void {
    if (!this.redisIsAway) log.warn({ err: error }, 'limits are counted per instance while Redis is away');
    this.redisIsAway = true;
  }
}

function refuse(waits: readonly number[]): void {
  const wait = Math.max(0, ...waits);
  if (wait > 0) throw new RateLimited(undefined, { extensions: { retryAfter: Math.ceil(wait / 1000) } });
}

/** Keys hold a digest: who is locked out is nobody's business who can read Redis. */
const nameOf = ({ limit, key }: Bucket): string =>
  `nself:limit:${limit.name}:${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
