/** What a shape is told about where it is read. */
export interface ShapeContext {
  /** True outside development and test: weak secrets are refused. */
  readonly strict: boolean;
}

/**
 * How the text of one environment variable becomes a value. `parse` throws a {@link Misfit} that says what is wrong;
 * `expected` says what would be right, in words that complete "expected ...".
 */
export interface Shape<T> {
  readonly expected: string;
  readonly secret?: boolean;
  parse(text: string, context: ShapeContext): T;
}

/** Thrown by a shape: `wrong` completes the sentence "NAME is ...". Never holds the value of a secret. */
export class Misfit extends Error {
  constructor(readonly wrong: string) {
    super(wrong);
  }
}

const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** Any text that is not empty. `multiline` turns the two characters `\n` of an .env file back into line ends. */
export function text(options: { multiline?: boolean; secret?: boolean } = {}): Shape<string> {
  return {
    expected: options.multiline ? 'text, line ends written as \\n' : 'text',
    secret: options.secret,
    parse: raw => (options.multiline ? raw.replaceAll('\\n', '\n') : raw),
  };
}

/** A whole number between `min` and `max`, both included. */
export function integer({
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
} = {}): Shape<number> {
  return {
    expected: `a whole number${rangeInWords(min, max)}`,
    parse: raw => {
      const value = /^-?\d+$/.test(raw) ? Number(raw) : Number.NaN;
      if (!(value >= min && value <= max)) throw new Misfit(quoted(raw));
      return value;
    },
  };
}

function rangeInWords(min: number, max: number): string {
  const words: string[] = [];
  if (min !== Number.MIN_SAFE_INTEGER) words.push(`from ${min}`);
  if (max !== Number.MAX_SAFE_INTEGER) words.push(`to ${max}`);
  return words.length > 0 ? ` ${words.join(' ')}` : '';
}

/** A TCP port; 0 asks the system for a free one. */
export const port = (): Shape<number> => ({
  ...integer({ min: 0, max: 65_535 }),
  expected: 'a port from 0 to 65535',
});

/** An absolute address, without a slash at its end. `protocols` without colon; http and https unless said otherwise. */
export function url({
  protocols = ['http', 'https'],
}: { protocols?: readonly string[] } = {}): Shape<string> {
  const secret = !protocols.includes('http');
  return {
    expected: `an address that starts with ${protocols.map(each => `${each}://`).join(' or ')}`,
    secret,
    parse: raw => {
      const parsed = URL.canParse(raw) ? new URL(raw) : undefined;
      const known = parsed && protocols.includes(parsed.protocol.slice(0, -1));
      if (!known) throw new Misfit(secret ? 'not such an address' : quoted(raw));
      return raw.replace(/\/+$/, '');
    },
  };
}

/** Yes or no: true, false, 1, 0, yes, no, on, off. */
export const boolean = (): Shape<boolean> => ({
  expected: 'true or false',
  parse: raw => {
    const word = raw.toLowerCase();
    if (['true', '1', 'yes', 'on'].includes(word)) return true;
    if (['false', '0', 'no', 'off'].includes(word)) return false;
    throw new Misfit(quoted(raw));
  },
});

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A span of time such as 500ms, 10s, 15m, 12h, 30d, of `min` milliseconds or more; the value is in milliseconds. */
export const duration = ({ min = 0 } = {}): Shape<number> => ({
  expected: `a duration such as 500ms, 10s, 15m, 12h or 30d${min > 0 ? `, of ${min / 1000}s or more` : ''}`,
  parse: raw => {
    const match = /^(\d+)\s*(ms|s|m|h|d)$/.exec(raw);
    const value = match ? Number(match[1]) * (MILLISECONDS[match[2] ?? ''] ?? Number.NaN) : Number.NaN;
    if (!(value >= min)) throw new Misfit(quoted(raw));
    return value;
  },
});

/** One of a few words. */
export const oneOf = <const T extends string>(words: readonly T[]): Shape<T> => ({
  expected: `one of ${words.join(', ')}`,
  parse: raw => {
    const word = words.find(each => each === raw);
    if (word === undefined) throw new Misfit(quoted(raw));
    return word;
  },
});

/** Which words a list may hold: `what` completes the words "... separated by commas". */
export interface WordRule {
  readonly what: string;
  readonly fits: (word: string) => boolean;
}

/** Words with commas between them; blanks around and empty words fall away. A word that does not fit is named. */
export const list = (
  { what, fits }: WordRule = { what: 'words', fits: () => true },
): Shape<readonly string[]> => ({
  expected: `${what} separated by commas`,
  parse: raw => {
    const words = raw
      .split(',')
      .map(each => each.trim())
      .filter(each => each !== '');
    const misfit = words.find(each => !fits(each));
    if (misfit !== undefined) throw new Misfit(`wrong in ${quoted(misfit)}`);
    return words;
  },
});

const WELL_KNOWN_SECRETS =
  /^(change.?me|secret|password|admin|test|example|default|nself|12345.*|myadminsecret.*)$/i;

/**
 * A secret of at least `minBytes` bytes. `encoding: 'hex'` wants hex digits and counts the bytes they stand for.
 * Outside development one that is well known, or made of fewer than six different characters, is refused too.
 */
export function secret({ minBytes, encoding }: { minBytes: number; encoding?: 'hex' }): Shape<string> {
  const unit =
    encoding === 'hex' ? `${minBytes} random bytes or more, in hex` : `${minBytes} random characters or more`;
  return {
    expected: unit,
    secret: true,
    parse: (raw, { strict }) => {
      if (encoding === 'hex' && !/^([0-9a-f]{2})+$/i.test(raw)) throw new Misfit('not hex');
      const bytes = encoding === 'hex' ? raw.length / 2 : Buffer.byteLength(raw);
      if (bytes < minBytes && (strict || encoding === 'hex')) throw new Misfit(`only ${bytes} bytes long`);
      if (strict && isGuessable(raw)) throw new Misfit('easy to guess');
      return raw;
    },
  };
}

const isGuessable = (raw: string): boolean => WELL_KNOWN_SECRETS.test(raw) || new Set(raw).size < 6;
