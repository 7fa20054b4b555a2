import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ProblemError, StartError, TokenExpired, Unauthenticated, type SettingsOf } from '@nself/kernel';
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Actor } from '../actor';
import { identitySettings, PUBLIC_KEY_ALGORITHMS } from '../identity.settings';
import { Revocations } from '../revocations';
import { actorOf } from './claims';
import { KeySource, type KeyHint } from './key-source';

/** The longest token that is looked at; ours are about 1 KiB. */
const LONGEST_TOKEN = 8_192;

type Algorithm = (typeof PUBLIC_KEY_ALGORITHMS)[number] | 'HS256';

/** Headers by which a token would choose or carry its own key, or change the rules: refused, not ignored. */
const POISONED = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'];

/**
 * Decides whether an access token is good (RFC 7519, RFC 8725): the algorithm is on the list, which never mixes HMAC
 * with public keys, the key is in our own set under this `kid`, issuer, audience, type and times fit, and the session was not
 * revoked. Verifies for sockets and tools; over HTTP passport-jwt checks the signature between {@link keyFor} and
 * {@link admit}, which hold the same rules.
 */
@Injectable()
export class TokenVerifier {
  private readonly algorithms: readonly Algorithm[];

  constructor(
    private readonly keys: KeySource,
    private readonly revocations: Revocations,
    @Inject(identitySettings.token) private readonly settings: SettingsOf<typeof identitySettings>,
  ) {
    this.algorithms = acceptedBy(settings);
  }

  /**
   * @throws TokenExpired when the token was good once, Unauthenticated when it never was or was revoked,
   *   RevocationsStale when that cannot be told, Unavailable when the keys are out of reach.
   */
  async verify(token: string): Promise<Actor> {
    const key = await this.keyFor(token);
    return this.admit(await this.payloadOf(token, key), token);
  }

  /** What passport-jwt is told to check. */
  get rules(): { algorithms: Algorithm[]; issuer: string; audience: string } {
    return {
      algorithms: [...this.algorithms],
      issuer: this.settings.issuer,
      audience: this.settings.audience,
    };
  }

  /**
   * The key that a token says it was signed with, if it is ours. Its header is read before any key is fetched.
   *
   * @throws Unauthenticated, or Unavailable when the keys are out of reach
   */
  async keyFor(token: string): Promise<KeyObject> {
    return this.keys.find(this.hintOf(token));
  }

  /** Turns the payload of a token with a good signature into an actor, unless it was revoked. */
  admit(payload: Readonly<Record<string, unknown>>, token: string): Actor {
    const actor = actorOf(payload, token);
    this.revocations.assertLive(actor);
    return actor;
  }

  private hintOf(token: string): KeyHint {
    const { alg, kid, typ, ...rest } = headerOf(token);
    const poisoned = POISONED.some(each => Object.hasOwn(rest, each));
    if (poisoned || typ !== 'JWT') throw new Unauthenticated();
    if (!this.algorithms.some(each => each === alg)) throw new Unauthenticated();
    if (typeof kid !== 'string' || kid === '') throw new Unauthenticated();
    return { alg: String(alg), kid };
  }

  private async payloadOf(token: string, key: KeyObject): Promise<JWTPayload> {
    const required = ['sub', 'iat', 'exp', 'iss', 'aud'];
    try {
      return (await jwtVerify(token, key, { ...this.rules, typ: 'JWT', requiredClaims: required })).payload;
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** Either HMAC or public keys, never both: who takes both can be shown a public key as the secret of an HMAC. */
function acceptedBy({ algorithm, algorithms }: SettingsOf<typeof identitySettings>): Algorithm[] {
  if (algorithm === 'HS256') return ['HS256'];
  if (!algorithms.includes(algorithm))
    throw new StartError(
      `AUTH_JWT_ALGORITHMS does not hold ${algorithm}, by which AUTH_JWT_ALGORITHM says that tokens are signed.`,
      'Add it, or every token is refused.',
    );
  return PUBLIC_KEY_ALGORITHMS.filter(each => algorithms.includes(each));
}

/** What a client hears about a token that did not verify; the reason stays with us. */
export function refusalOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const expired =
    error instanceof errors.JWTExpired || (error instanceof Error && error.name === 'TokenExpiredError');
  return expired ? new TokenExpired() : new Unauthenticated(undefined, { cause: error });
}

function headerOf(token: string): Readonly<Record<string, unknown>> {
  if (token.length > LONGEST_TOKEN) throw new Unauthenticated();
  try {
    return decodeProtectedHeader(token);
  } catch (error) {
    throw new Unauthenticated(undefined, { cause: error });
  }
}
