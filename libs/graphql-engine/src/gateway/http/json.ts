import { ExactNumber } from '../../planner';
import { isObject, jsonOf } from './body';

/** Digits that a double may not hold: fifteen significant ones are always safe. */
const LONG_NUMBER = /[\d.]{16}/;

/**
 * A body as JSON. Numbers that a double would change (a bigint key, a numeric amount) become `ExactNumber`; only a
 * body that may hold such a number pays for looking closer.
 * @param place the only member in which numbers matter, so that long texts before it need not be searched
 */
export function parseJson(body: Buffer, place?: string): unknown {
  const text = body.toString('utf8');
  const plain = jsonOf(text);
  if (!holdsNumber(place !== undefined && isObject(plain) ? plain[place] : plain)) return plain;
  return LONG_NUMBER.test(numbersIn(text, place)) ? new ExactReader(text).read() : plain;
}

/** Looked for among the values, because a text is full of digits that are none: ids, dates. */
function holdsNumber(value: unknown): boolean {
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'number') return true;
    if (typeof next === 'object' && next !== null)
      for (const member of Object.values(next)) open.push(member);
  }
  return false;
}

/** The part of a text that may hold numbers. A name may be written with escapes, and then it is not looked for. */
function numbersIn(text: string, place: string | undefined): string {
  if (place === undefined || text.includes('\\u')) return text;
  const from = text.indexOf(JSON.stringify(place));
  return from < 0 ? '' : text.slice(from);
}

const TOKEN = /\s*(?:([[\]{},:])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false|null))/y;

/** Reads text that is known to be valid JSON, keeping numbers exact. */
class ExactReader {
  private readonly tokens: RegExp = new RegExp(TOKEN);
  private token = '';

  constructor(private readonly text: string) {}

  read(): unknown {
    this.next();
    return this.value();
  }

  private next(): string {
    const match = this.tokens.exec(this.text);
    this.token = match ? match[0].trimStart() : '';
    return this.token;
  }

  private value(): unknown {
    if (this.token === '{') return this.object();
    if (this.token === '[') return this.list();
    return /^[-\d]/.test(this.token) ? exact(this.token) : JSON.parse(this.token);
  }

  private object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (this.next() !== '}') {
      if (this.token === ',') continue;
      const key: string = JSON.parse(this.token);
      this.next();
      this.next();
      entries.push([key, this.value()]);
    }
    return Object.fromEntries(entries);
  }

  private list(): unknown[] {
    const items: unknown[] = [];
    while (this.next() !== ']') if (this.token !== ',') items.push(this.value());
    return items;
  }
}

function exact(digits: string): number | ExactNumber {
  const number = Number(digits);
  return String(number) === digits || digits.length < 16 ? number : new ExactNumber(digits);
}
