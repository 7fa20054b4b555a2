import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `bytes` random bytes as base64url text: 32 bytes give 43 characters and 256 bits. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** The SHA-256 digest of text (as UTF-8) or bytes. */
export const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

/** Compares without telling by its time where the difference lies; the length may be learned. */
export function constantTimeEqual(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/**
 * Encrypts with AES-256-GCM under a key of 32 bytes. The answer is nonce, tag and cipher text in one; `bound` is not
 * encrypted but must be the same to open it, which ties the secret to its place (an id, a column).
 */
export function seal(plain: string | Uint8Array, key: Uint8Array, bound = ''): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Thrown when sealed bytes were changed, belong elsewhere, or are under another key. */
export class SealBroken extends Error {}

/**
 * Decrypts what {@link seal} made.
 *
 * @throws SealBroken when key, bytes or `bound` are not the ones that were used.
 */
export function open(sealed: Uint8Array, key: Uint8Array, bound = ''): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  if (tag.length !== TAG_BYTES) throw new SealBroken('Too short to be sealed.');
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch (error) {
    throw new SealBroken('The seal does not fit.', { cause: error });
  }
}
