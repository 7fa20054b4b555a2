import { createHmac, createSecretKey, KeyObject } from 'node:crypto';
import { StartError, Unauthenticated, Unavailable } from '@nself/kernel';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet } from 'jose';

/** What a token says about the key that signed it. */
export interface KeyHint {
  readonly kid: string;
  readonly alg: string;
}

/**
 * Where the keys come from that tokens are verified with: public keys, or the secret of HS256. A key is found only in
 * our own set, by the `kid` and the algorithm together, so that an RSA key never verifies an HMAC. It is read once and
 * then the same object each time: reading one costs more than verifying a token.
 */
export abstract class KeySource {
  /**
   * @throws Unauthenticated when the set has no such key; Unavailable when the set is out of reach.
   */
  abstract find(hint: KeyHint): Promise<KeyObject>;
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

  async find(hint: KeyHint): Promise<KeyObject> {
    try {
      return KeyObject.from(await this.keys({ ...hint }));
    } catch (error) {
      throw isNoMatch(error) ? new Unauthenticated() : new Unavailable(undefined, { cause: error });
    }
  }
}

/**
 * Keys at hand: the auth service's own, and tests. `current` is asked each time, because keys rotate; another object
 * means other keys.
 */
export class LocalKeys extends KeySource {
  private set?: { readonly of: JSONWebKeySet; readonly find: ReturnType<typeof createLocalJWKSet> };

  constructor(private readonly current: () => JSONWebKeySet) {
    super();
  }

  async find(hint: KeyHint): Promise<KeyObject> {
    const keys = this.current();
    if (this.set?.of !== keys) this.set = { of: keys, find: createLocalJWKSet(keys) };
    try {
      return KeyObject.from(await this.set.find({ ...hint }));
    } catch (error) {
      throw isNoMatch(error) ? new Unauthenticated() : error;
    }
  }
}

/** One secret that our services share (HS256), and the one before it. They are at hand and never published. */
export class SharedSecrets extends KeySource {
  private readonly keys: ReadonlyMap<string, KeyObject>;

  constructor(secrets: readonly string[]) {
    super();
    this.keys = new Map(secrets.map(each => [secretKid(each), createSecretKey(each, 'utf8')]));
  }

  /** @throws StartError when HS256 was chosen and no secret given */
  static of({ secret, previousSecret }: { secret?: string; previousSecret?: string }): SharedSecrets {
    if (secret === undefined)
      throw new StartError('AUTH_JWT_SECRET is missing.', 'AUTH_JWT_ALGORITHM says HS256, which needs one.');
    return new SharedSecrets(previousSecret === undefined ? [secret] : [secret, previousSecret]);
  }

  async find({ kid, alg }: KeyHint): Promise<KeyObject> {
    const key = alg === 'HS256' ? this.keys.get(kid) : undefined;
    if (!key) throw new Unauthenticated();
    return Promise.resolve(key);
  }
}

/** Names a secret without telling anything about it. */
export const secretKid = (secret: string): string =>
  createHmac('sha256', secret).update('the name of this key').digest('base64url').slice(0, 22);

const isNoMatch = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
