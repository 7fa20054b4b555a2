import { Inject, Injectable } from '@nestjs/common';
import { REDIS, Unavailable } from '@nself/kernel';
import type { Redis } from 'ioredis';
import type { Wishes } from '../accounts';

/** What a challenge was given out for; its answer is good for nothing else. */
export type Challenge =
  | { purpose: 'sign-in' }
  | { purpose: 'elevate'; userId: string }
  | { purpose: 'add-key'; userId: string }
  | { purpose: 'sign-up'; userId: string; email: string; wishes: Wishes; redirectTo?: string };

const LIFE_SECONDS = 300;

/** Keeps challenges in Redis, so that the answer may come to another instance; each is good once. */
@Injectable()
export class ChallengeStore {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async keep(challenge: string, what: Challenge): Promise<void> {
    await this.redis.set(keyOf(challenge), JSON.stringify(what), 'EX', LIFE_SECONDS).catch(unavailable);
  }

  /** What the challenge was for, this one time; nothing when it was for something else. */
  async take<P extends Challenge['purpose']>(
    challenge: string,
    purpose: P,
  ): Promise<Extract<Challenge, { purpose: P }> | undefined> {
    const kept = await this.redis.getdel(keyOf(challenge)).catch(unavailable);
    const what = kept ? (JSON.parse(kept) as Challenge) : undefined;
    return what?.purpose === purpose ? (what as Extract<Challenge, { purpose: P }>) : undefined;
  }
}

const keyOf = (challenge: string): string => `nself:auth:webauthn:${challenge}`;

/** Without Redis this way to sign in waits; the others go on. */
function unavailable(cause: unknown): never {
  throw new Unavailable(undefined, { cause });
}
