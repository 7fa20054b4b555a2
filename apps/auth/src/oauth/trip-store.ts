import { Inject, Injectable } from '@nestjs/common';
import { randomToken, REDIS, Unavailable } from '@nself/kernel';
import type { Redis } from 'ioredis';
import type { Wishes } from '../accounts';
import type { Trip } from './provider';

/** What must be known again when a browser comes back from a provider. */
export interface Journey {
  provider: string;
  trip: Trip;
  redirectTo: string;
  wishes: Wishes;
  codeChallenge?: string;
  /** The app's own state, handed back untouched. */
  appState?: string;
  /** Somebody who is signed in and wants this provider joined to the account. */
  connectTo?: string;
  /** On the sign-up route: an account that exists is a refusal. */
  mustBeNew: boolean;
  /** Digest of the word that the browser was given. */
  browser: string;
}

const LIFE_SECONDS = 600;

/** Keeps journeys while browsers are away: in Redis, so that they may come back to another instance; good once. */
@Injectable()
export class TripStore {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  newTrip(redirectUri: string): Trip {
    return { state: randomToken(24), nonce: randomToken(24), codeVerifier: randomToken(32), redirectUri };
  }

  async depart(journey: Journey): Promise<void> {
    await this.redis
      .set(keyOf(journey.trip.state), JSON.stringify(journey), 'EX', LIFE_SECONDS)
      .catch(unavailable);
  }

  /** The journey that a state belongs to, this one time. */
  async arrive(state: string, provider: string): Promise<Journey | undefined> {
    const kept = await this.redis.getdel(keyOf(state)).catch(unavailable);
    const journey = kept ? (JSON.parse(kept) as Journey) : undefined;
    return journey?.provider === provider ? journey : undefined;
  }
}

const keyOf = (state: string): string => `nself:auth:oauth:${state}`;

/** Without Redis this way to sign in waits; the others go on. */
function unavailable(cause: unknown): never {
  throw new Unavailable(undefined, { cause });
}
