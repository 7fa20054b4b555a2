import { LRUCache } from 'lru-cache';
import { EngineError, type Session } from '../executor';
import type { Limits } from './limits';

/** Hasura counts the operations of the minute that ends now, wherever the clock stands. */
export const RATE_WINDOW_MS = 60_000;

/** Remembers when somebody's last operations were. One instance keeps it for itself, or all of them together. */
export interface RateCounter {
  /** Counts `operations` at the time `now` and says yes, or counts none when more than `most` would be in the window. */
  admit(key: string, operations: number, most: number, now: number): Promise<boolean> | boolean;
}

const REMEMBERED_KEYS = 100_000;

/** Counts in memory; forgets whoever asked nothing for a whole window. */
export class LocalRateCounter implements RateCounter {
  private readonly times = new LRUCache<string, number[]>({ max: REMEMBERED_KEYS, ttl: RATE_WINDOW_MS });

  admit(key: string, operations: number, most: number, now: number): boolean {
    const recent = (this.times.get(key) ?? []).filter(time => time > now - RATE_WINDOW_MS);
    if (recent.length + operations > most) return false;
    for (let n = 0; n < operations; n++) recent.push(now);
    this.times.set(key, recent);
    return true;
  }
}

/** Where a request comes from; looked up only where a limit asks for it. */
export interface Origin {
  readonly address: string;
}

/** Hasura's `rate_limit`: operations in a minute by role, and by address or session variables when asked for. */
export class RateLimit {
  constructor(
    private readonly counter: RateCounter,
    private readonly now: () => number = Date.now,
  ) {}

  /** Rejects with `rate-limit-exceeded`; undefined where there is no limit, so that nobody waits for nothing. */
  admit(limits: Limits, session: Session, from: Origin, operations = 1): Promise<void> | undefined {
    const limit = limits.rate(session);
    if (limit === undefined) return undefined;
    const key = JSON.stringify([session.role, ...distinguishing(limit.unique_params, session, from)]);
    return this.count(key, operations, limit.max_reqs_per_min);
  }

  private async count(key: string, operations: number, most: number): Promise<void> {
    if (await this.counter.admit(key, operations, most, this.now())) return;
    throw new EngineError('rate-limit-exceeded', `the rate limit of ${most} requests a minute is exceeded`);
  }
}

/** `"IP"`, or a list of session variables. */
function distinguishing(unique: unknown, session: Session, from: Origin): readonly string[] {
  if (unique === 'IP') return [from.address];
  if (!Array.isArray(unique)) return [];
  return unique.map(name => session.variables[String(name).toLowerCase()] ?? '');
}
