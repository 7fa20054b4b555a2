import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A signed link opens one object, for a time, to whoever has it: the one credential that may stand in a URL. The
 * signature covers the path, the expiry and the holder, so that it cannot be moved to another object, prolonged, or
 * given to another holder.
 */
export interface SignedPath {
  /** Path with query `expires` (seconds since 1970), `holder` where there is one, and `signature`. */
  readonly path: string;
  readonly expiresAt: Date;
}

/** `holder` is text of {@link sealHolder}. */
export function signPath(path: string, expiresAt: Date, key: Buffer, holder = ''): SignedPath {
  const expires = Math.floor(expiresAt.getTime() / 1000);
  const signature = signatureOf(path, expires, holder, key).toString('base64url');
  const query = `expires=${expires}${holder && `&holder=${holder}`}&signature=${signature}`;
  return { path: `${path}?${query}`, expiresAt: new Date(expires * 1000) };
}

/** True when the signature is ours, is for this very path, and has not run out. */
export function verifyPath(
  path: string,
  query: { expires?: string; holder?: string; signature?: string },
  now: Date,
  key: Buffer,
): boolean {
  if (!/^\d{1,12}$/.test(query.expires ?? '') || typeof query.signature !== 'string') return false;
  const expires = Number(query.expires);
  const given = Buffer.from(query.signature, 'base64url');
  const expected = signatureOf(path, expires, query.holder ?? '', key);
  return (
    given.length === expected.length && timingSafeEqual(given, expected) && now.getTime() < expires * 1000
  );
}

function signatureOf(path: string, expires: number, holder: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(`${path}\n${expires}\n${holder}`).digest();
}

/** The path under which the api service sends the bytes of a media item, or of a variant of it. */
export const objectPath = (familyId: string, itemId: string, variant = 'original'): string =>
  `/v1/storage/objects/${familyId}/${itemId}/${variant}`;
