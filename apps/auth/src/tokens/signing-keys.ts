import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { tokenSettings, type TokenSettings } from './token.settings';

/** Algorithms that a key of ours may sign with; the key's own type decides. */
export type SigningAlgorithm = 'RS256' | 'ES256';

/** A public key as `/.well-known/jwks.json` shows it. */
export type PublicJwk = JsonWebKey & { kid: string; alg: SigningAlgorithm; use: 'sig' };

export interface SigningKey {
  kid: string;
  algorithm: SigningAlgorithm;
  privateKey: KeyObject;
}

const PEM_BLOCK = /-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g;

/**
 * The key that signs and the keys that signed before it.
 *
 * Rotation: the new key becomes `AUTH_JWT_PRIVATE_KEY` and the old one moves to `AUTH_JWT_PREVIOUS_KEYS`, where it
 * stays until its last token has expired. A key's id is its thumbprint (RFC 7638), so it needs no bookkeeping.
 */
@Injectable()
export class SigningKeys {
  readonly current: SigningKey;
  private readonly published: PublicJwk[];

  constructor(@Inject(tokenSettings.token) settings: TokenSettings) {
    const privateKey = createPrivateKey(settings.privateKey);
    const own = publish(createPublicKey(privateKey));
    const previous = (settings.previousKeys?.match(PEM_BLOCK) ?? []).map(pem =>
      publish(createPublicKey(pem)),
    );
    this.current = { kid: own.kid, algorithm: own.alg, privateKey };
    this.published = [own, ...previous.filter(key => key.kid !== own.kid)];
  }

  /** The public halves, newest first. */
  jwks(): { keys: PublicJwk[] } {
    return { keys: this.published };
  }
}

function publish(key: KeyObject): PublicJwk {
  const jwk = key.export({ format: 'jwk' });
  return { ...jwk, alg: algorithmOf(key), kid: thumbprint(jwk), use: 'sig' };
}

function algorithmOf(key: KeyObject): SigningAlgorithm {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'RS256';
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return 'ES256';
  throw new Error('AUTH_JWT_PRIVATE_KEY must be an RSA key of 2048 bits or more, or an EC key on P-256.');
}

function thumbprint(jwk: JsonWebKey): string {
  const members =
    jwk.kty === 'RSA'
      ? { e: jwk.e, kty: jwk.kty, n: jwk.n }
      : { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
