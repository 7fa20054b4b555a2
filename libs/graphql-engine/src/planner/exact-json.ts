import { ExactNumber } from './exact-number';

/** Digits that a double may not hold: fifteen significant ones are always safe. */
export const LONG_NUMBER = /[\d.]{16}/;

/** Reads text that is known to be valid JSON; numbers that a double would change become `ExactNumber`. */
export const readExactly = (text: string): unknown => new ExactReader(text).read();

const TOKEN = /\s*(?:([[\]{},:])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false|null))/y;

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
