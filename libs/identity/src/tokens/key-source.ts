import { Unauthenticated, Unavailable } from '@nself/kernel';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  exportSPKI,
  type CryptoKey,
  type JSONWebKeySet,
} from 'jose';

/** What a token says about the key that signed it. */
export interface KeyHint {
  readonly kid: string;
  readonly alg: string;
}

/**
 * Where public keys come from. A key is found only in our own set, by the `kid` and the algorithm together, so that
 * an RSA key never verifies an HMAC.
 */
export abstract class KeySource {
  private readonly pems = new WeakMap<CryptoKey, Promise<string>>();

  /**
   * @throws Unauthenticated when the set has no such key; Unavailable when the set is out of reach.
   */
  abstract find(hint: KeyHint): Promise<CryptoKey>;

  /** The same key as PEM (SPKI), for libraries that want text. */
  async pemOf(hint: KeyHint): Promise<string> {
    const key = await this.find(hint);
    const pem = this.pems.get(key) ?? exportSPKI(key);
    this.pems.set(key, pem);
    return pem;
  }
}

const MINUTE = 60_000;

/** Keys published by the auth service. Kept for ten minutes; an unknown `kid` asks again, at most once in 5 s. */
export class RemoteKeys extends KeySource {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(address: string) {
    super();
    this.keys = createRemoteJWKSet(new URL(address), {
      cacheMaxAge: 10 * MINUTE,
      cooldownDuration: 5_000,
      timeoutDuration: 3_000,
    });
  }

  async find(hint: KeyHint): Promise<CryptoKey> {
    try {
      return await this.keys({ ...hint });
    } catch (error) {
      throw isNoMatch(error) ? new Unauthenticated() : new Unavailable(undefined, { cause: error });
    }
  }
}

/** Keys at hand: the auth service's own, and tests. `current` is asked each time, because keys rotate. */
export class LocalKeys extends KeySource {
  private set?: { readonly of: JSONWebKeySet; readonly find: ReturnType<typeof createLocalJWKSet> };

  constructor(private readonly current: () => JSONWebKeySet) {
    super();
  }

  async find(hint: KeyHint): Promise<CryptoKey> {
    const keys = this.current();
    if (this.set?.of !== keys) this.set = { of: keys, find: createLocalJWKSet(keys) };
    try {
      return await this.set.find({ ...hint });
    } catch (error) {
      throw isNoMatch(error) ? new Unauthenticated() : error;
    }
  }
}

const isNoMatch = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
