import { randomInt } from 'node:crypto';

/** Consonants that cannot be taken for one another and spell no words (RFC 8628, 6.1): 20^8 is 34 bits. */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

export const newUserCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** As people read it: XXXX-XXXX. */
export const spell = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** As people type it: case, dashes and spaces do not matter. Nothing when it cannot be a code. */
export function readUserCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return code.length === LENGTH && [...code].every(letter => ALPHABET.includes(letter)) ? code : undefined;
}
