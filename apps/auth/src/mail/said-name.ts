const LONGEST = 64;

/** Turns the direction of what follows it, and could so make a sentence of ours say something else (Unicode, UAX #9). */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;
const WORD_JOINER = '\u2060';

/**
 * A name that somebody chose, made fit for a sentence of ours. Mails go to people who may not know who chose it: whoever
 * registers a stranger's address, or invites one, chooses a name that our server sends there. So it stays on its line,
 * stays short, and is no address that a mail program would make a link of: those are broken up by a sign that is not
 * seen.
 */
export function saidName(name: string): string {
  const line = name
    .replace(DIRECTION, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const letters = [...line];
  const short = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : line;
  return short.replace(/[.:/@](?=\S)/g, sign => sign + WORD_JOINER);
}
