/**
 * The one maker of object keys. A key starts with the family, so that a wall stands in the store as well:
 * a key of another family cannot be built from one's own family id and anything a client may send.
 */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const KEY = /^[0-9a-f-]{36}(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/;

/** Content is addressed by its hash: the same bytes twice in a family are one object. */
export function contentKey(familyId: string, sha256: string): string {
  if (!UUID.test(familyId) || !SHA256.test(sha256))
    throw new Error('A content key needs a family id and a SHA-256.');
  return `${familyId}/content/${sha256.slice(0, 2)}/${sha256}`;
}

/** A derived picture, clip or playlist of a media item; `version` changes when the recipe does. */
export function variantKey(familyId: string, itemId: string, variant: string, version: number): string {
  const key = `${familyId}/variants/${itemId}/${variant}-${version}`;
  if (!UUID.test(itemId)) throw new Error('A variant key needs the id of a media item.');
  return assertKey(key);
}

/** Refuses whatever is not a key that this file could have made: no `..`, no empty or hidden part. */
export function assertKey(key: string): string {
  if (!KEY.test(key) || !UUID.test(familyOf(key))) throw new Error('Not an object key.');
  return key;
}

export function familyOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
