import { EngineError, type Session } from '../executor';
import type { Limits } from './limits';

const MINUTE_MS = 60_000;

/** Counts requests in minutes. One instance counts for itself; a shared counter lets instances count together. */
export interface RateCounter {
  /** Adds one and gives the count of the running minute. */
  count(key: string, minute: number): Promise<number> | number;
}

/** Counts in memory; forgets what is older than the running minute. */
export class LocalRateCounter implements RateCounter {
  private minute = 0;
  private counts = new Map<string, number>();

  count(key: string, minute: number): number {
    if (minute !== this.minute) {
      this.minute = minute;
      this.counts = new Map();
    }
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count;
  }
}

/** Hasura's `rate_limit`: requests in a minute by role, and by address or session variables when asked for. */
export class RateLimit {
  constructor(private readonly counter: RateCounter) {}

  async admit(limits: Limits, session: Session, address: string): Promise<void> {
    const limit = limits.rate(session);
    if (limit === undefined) return;
    const key = [session.role, ...distinguishing(limit.unique_params, session, address)].join('\0');
    const count = await this.counter.count(key, Math.floor(Date.now() / MINUTE_MS));
    if (count <= limit.max_reqs_per_min) return;
    throw new EngineError(
      'rate-limit-exceeded',
      `the rate limit of ${limit.max_reqs_per_min} requests a minute is exceeded`,
    );
  }
}

/** `"IP"`, or a list of session variables. */
function distinguishing(unique: unknown, session: Session, address: string): readonly string[] {
  if (unique === 'IP') return [address];
  if (!Array.isArray(unique)) return [];
  return unique.map(name => session.variables[String(name).toLowerCase()] ?? '');
}
