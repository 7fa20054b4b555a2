import { randomUUID } from 'node:crypto';
import { open, seal, sha256 } from '@nself/kernel';

/** A new refresh token: a random UUID (122 bits), the form that Nhost's contract prescribes. */
export const newRefreshToken = (): string => randomUUID();

/** What is kept of a token. It is random, so a plain digest is enough. */
export const hashOf = (token: string): string => sha256(token).toString('hex');

/**
 * Hides a successor under the token that it replaces. Within the grace only somebody who shows the old token can
 * open it; the database alone gives neither.
 */
export const sealSuccessor = (successor: string, token: string, tokenId: string): Buffer =>
  seal(successor, sealingKey(token), tokenId);

export const openSuccessor = (sealed: Buffer, token: string, tokenId: string): string =>
  open(sealed, sealingKey(token), tokenId).toString('utf8');

const sealingKey = (token: string): Buffer => sha256(`successor of ${token}`);
