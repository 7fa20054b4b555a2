import { dictionary } from '@zxcvbn-ts/language-common';

const listed: ReadonlySet<string> = new Set(dictionary['passwords-common']);
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];

/** Why a password counts as common; the sentence goes to the person who chose it. */
export type CommonReason = string | undefined;

/**
 * Says why a password is too easily guessed, or nothing.
 *
 * The shipped list holds 49,000 passwords by how often they leaked. Long passwords are mostly absent from
 * such lists, so the usual ways of stretching a short one are undone first: capitals, a tail of digits and
 * signs, the same word twice, a walk along the keyboard.
 */
export function commonReason(password: string, about: readonly string[] = []): CommonReason {
  const plain = password.normalize('NFKC').toLowerCase();
  const core = plain.replace(/[\d\W_]+$/u, '');
  if (listed.has(plain)) return 'This password is among the most common ones.';
  if (core.length > 3 && listed.has(core))
    return 'This is a very common password with a few signs behind it.';
  if (isRepetition(plain)) return 'This password only repeats a short or common piece.';
  if (isWalk(plain)) return 'This password is a row of neighbouring keys, letters or digits.';
  if (about.some(word => tells(plain, word))) return 'This password says little more than who you are.';
  return undefined;
}

function isRepetition(text: string): boolean {
  for (let size = 1; size <= text.length / 2; size++) {
    const unit = text.slice(0, size);
    const repeated = unit.repeat(Math.ceil(text.length / size)).slice(0, text.length) === text;
    if (repeated && (size <= 4 || listed.has(unit))) return true;
  }
  return false;
}

function isWalk(text: string): boolean {
  const letters = text.replace(/[^\p{L}\p{N}]/gu, '');
  if (letters.length < 6) return false;
  const reversed = [...letters].reverse().join('');
  return RUNS.some(run => [letters, reversed].some(row => (run + run).includes(row)));
}

function tells(password: string, word: string): boolean {
  const known = word.toLowerCase();
  return known.length >= 4 && password.includes(known) && password.length - known.length < 4;
}
