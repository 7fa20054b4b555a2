import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { identitySettings, secretKid } from '@nself/identity';
import { StartError, type SettingsOf } from '@nself/kernel';
import { tokenSettings, type TokenSettings } from './token.settings';

type IdentitySettings = Pick<SettingsOf<typeof identitySettings>, 'algorithm' | 'secret'>;

/** Algorithms of keys whose public half may be published. */
type PublicAlgorithm = 'RS256' | 'ES256';

/** Algorithms that a token of ours may be signed with. */
export type SigningAlgorithm = PublicAlgorithm | 'HS256';

/** A public key as `/.well-known/jwks.json` shows it. */
export type PublicJwk = JsonWebKey & { kid: string; alg: PublicAlgorithm; use: 'sig' };

/** A set of public keys (RFC 7517, section 5). */
export interface PublicJwks {
  readonly keys: PublicJwk[];
}

export interface SigningKey {
  kid: string;
  algorithm: SigningAlgorithm;
  key: KeyObject;
}

const PEM_BLOCK = /-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g;

/**
 * The key that signs and the keys that signed before it.
 *
 * Rotation: the new key becomes `AUTH_JWT_PRIVATE_KEY` and the old one moves to `AUTH_JWT_PREVIOUS_KEYS`, where it
 * stays until its last token has expired; so does a change from RSA to an elliptic curve. A key's id is its thumbprint
 * (RFC 7638), so it needs no bookkeeping. A secret (HS256) signs alone, and nothing is published then.
 */
@Injectable()
export class SigningKeys {
  readonly current: SigningKey;
  private readonly published: PublicJwks;

  constructor(
    @Inject(tokenSettings.token) settings: TokenSettings,
    @Inject(identitySettings.token) identity: IdentitySettings,
  ) {
    if (identity.algorithm === 'HS256') {
      this.current = ofSecret(identity.secret);
      this.published = { keys: [] };
      return;
    }
    const key = privateKeyOf(settings.privateKey);
    const own = publish(createPublicKey(key));
    if (own.alg !== identity.algorithm) throw misfit(own.alg, identity.algorithm);
    const previous = previousKeysOf(settings.previousKeys);
    this.current = { kid: own.kid, algorithm: own.alg, key };
    this.published = { keys: [own, ...previous.filter(each => each.kid !== own.kid)] };
  }

  /** The public halves, newest first, the same object each time; none when tokens are signed with a secret. */
  jwks(): PublicJwks {
    return this.published;
  }
}

function ofSecret(secret: string | undefined): SigningKey {
  if (secret === undefined)
    throw new StartError('AUTH_JWT_SECRET is missing.', 'AUTH_JWT_ALGORITHM says HS256, which needs one.');
  return { kid: secretKid(secret), algorithm: 'HS256', key: createSecretKey(secret, 'utf8') };
}

function privateKeyOf(pem: string | undefined): KeyObject {
  if (pem === undefined)
    throw new StartError('AUTH_JWT_PRIVATE_KEY is missing.', 'Give a key, or sign with a secret (HS256).');
  return readKey('AUTH_JWT_PRIVATE_KEY', () => createPrivateKey(pem));
}

/** Their tokens would be refused without a word if one of them were passed over. */
function previousKeysOf(pems: string | undefined): PublicJwk[] {
  if (pems === undefined) return [];
  const name = 'AUTH_JWT_PREVIOUS_KEYS';
  const blocks = pems.match(PEM_BLOCK) ?? [];
  if (blocks.length === 0) throw unreadable(name);
  return blocks.map(pem =>
    publish(
      readKey(name, () => createPublicKey(pem)),
      name,
    ),
  );
}

function readKey(name: string, read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch (error) {
    throw unreadable(name, error);
  }
}

const unreadable = (name: string, cause?: unknown): StartError =>
  new StartError(`${name} holds no key that can be read.`, 'Give PEM, line ends written as \\n.', { cause });

const misfit = (key: PublicAlgorithm, wanted: SigningAlgorithm): StartError =>
  new StartError(
    `AUTH_JWT_PRIVATE_KEY is a key for ${key}, but AUTH_JWT_ALGORITHM says ${wanted}.`,
    'Make the two agree; the key that was used until now belongs into AUTH_JWT_PREVIOUS_KEYS.',
  );

function publish(key: KeyObject, name = 'AUTH_JWT_PRIVATE_KEY'): PublicJwk {
  const jwk = key.export({ format: 'jwk' });
  return { ...jwk, alg: algorithmOf(key, name), kid: thumbprint(jwk), use: 'sig' };
}

function algorithmOf(key: KeyObject, name: string): PublicAlgorithm {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'RS256';
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return 'ES256';
  throw new StartError(
    `${name} holds a key that is too weak or of another kind.`,
    'Give an RSA key of 2048 bits or more, or an EC key on P-256.',
  );
}

function thumbprint(jwk: JsonWebKey): string {
  const members =
    jwk.kty === 'RSA'
      ? { e: jwk.e, kty: jwk.kty, n: jwk.n }
      : { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
