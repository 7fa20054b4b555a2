import { Inject, Injectable } from '@nestjs/common';
import { Limiter, type Bucket, type Limit } from '@nself/kernel';
import { limitSettings, type LimitSettings } from './limit.settings';

/**
 * Counts wrong passwords and codes, per address of the client and per account. An account is named by what was
 * typed, whether it exists or not, so that a lockout tells nothing.
 */
@Injectable()
export class Attempts {
  constructor(
    private readonly limiter: Limiter,
    @Inject(limitSettings.token) private readonly settings: LimitSettings,
  ) {}

  /** @throws RateLimited while too many tries went wrong */
  async assertOpen(subject: string, ip: string): Promise<void> {
    await this.limiter.look(this.buckets(subject, ip));
  }

  /** Counts a wrong try; the answer to it is the usual one, the next may be refused. */
  async failed(subject: string, ip: string): Promise<void> {
    await this.limiter.count(this.buckets(subject, ip));
  }

  /**
   * Forgets what went wrong before a right try. Tries that come at once all begin while there is room; a right one among
   * them counts only if it is among as many as would have had their turn one after the other.
   *
   * @throws RateLimited when too many others went wrong in the meantime
   */
  async passed(subject: string): Promise<void> {
    if (!this.locks) return;
    const tried = await this.limiter.look([{ limit: this.perAccount, key: subject }]);
    if (tried) await this.limiter.forget(this.perAccount, subject);
  }

  /** Runs `work` unless too many tries went wrong; whatever it throws counts as a wrong one. */
  async guarded<T>(subject: string, ip: string, work: () => Promise<T>): Promise<T> {
    await this.assertOpen(subject, ip);
    const result = await work().catch(async (error: unknown) => {
      await this.failed(subject, ip);
      throw error;
    });
    await this.passed(subject);
    return result;
  }

  private buckets(subject: string, ip: string): Bucket[] {
    const address = { limit: this.perAddress, key: ip };
    return this.locks ? [address, { limit: this.perAccount, key: subject }] : [address];
  }

  private get locks(): boolean {
    return this.settings.lockoutAttempts > 0;
  }

  private get perAddress(): Limit {
    const { bruteForceBurst: burst, bruteForceInterval: interval } = this.settings;
    return { name: 'wrong', burst, interval };
  }

  private get perAccount(): Limit {
    return { name: 'lockout', burst: this.settings.lockoutAttempts, interval: this.settings.lockoutDuration };
  }
}
