import type { Holder } from '@nself/identity';
import { open, seal, SealBroken } from '@nself/kernel';
import { createHmac } from 'node:crypto';

/**
 * Whose link it is, as text for the link. The link ends with the session, membership or device of its holder, and
 * that is told from the list of revocations in memory. It is sealed: links are passed on, and ids are nobody's business.
 */
export const sealHolder = (holder: Holder, path: string, key: Buffer): string =>
  seal(JSON.stringify(holder), sealingKey(key), path).toString('base64url');

/** The holder of the link for `path`; undefined when it is not one that we sealed. */
export function openHolder(sealed: string, path: string, key: Buffer): Holder | undefined {
  try {
    const json = open(Buffer.from(sealed, 'base64url'), sealingKey(key), path).toString('utf8');
    return JSON.parse(json) as Holder;
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}

/** A key of its own, so that the one that signs does nothing else. */
const sealingKey = (key: Buffer): Buffer => createHmac('sha256', key).update('holder of a link').digest();
