import { Inject, Injectable } from '@nestjs/common';
import { limitSettings, type LimitSettings } from './limit.settings';
import { Limiter, type Limit } from './limiter';

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

  /** Throws RateLimited while too many tries went wrong. */
  async assertOpen(subject: string, ip: string): Promise<void> {
    await this.limiter.look(this.perAddress, ip);
    if (this.locks) await this.limiter.look(this.perAccount, subject);
  }

  /** Counts a wrong try; the answer to it is the usual one, the next may be refused. */
  async failed(subject: string, ip: string): Promise<void> {
    await this.swallowLimit(this.limiter.take(this.perAddress, ip));
    if (this.locks) await this.swallowLimit(this.limiter.take(this.perAccount, subject));
  }

  async passed(subject: string): Promise<void> {
    if (this.locks) await this.limiter.forget(this.perAccount, subject);
  }

  /** Runs `work` unless too many tries went wrong; whatever it throws counts as a wrong one. */
  async guarded<T>(subject: string, ip: string, work: () => Promise<T>): Promise<T> {
    await this.assertOpen(subject, ip);
    try {
      const result = await work();
      await this.passed(subject);
      return result;
    } catch (error) {
      await this.failed(subject, ip);
      throw error;
    }
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

  /** A try that raced past the look is counted as far as there is room; its answer stays the usual one. */
  private async swallowLimit(taking: Promise<void>): Promise<void> {
    await taking.catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'RateLimited') throw error;
    });
  }
}
