import { KritiFault, type Span } from './fault';

/** Reads a text from left to right; every reading skips the white space before it. */
export class Scanner {
  #at = 0;

  constructor(readonly text: string) {}

  get offset(): number {
    this.#skip();
    return this.#at;
  }

  /** The offset as it is, white space not skipped: for what is inside quotes. */
  get raw(): number {
    return this.#at;
  }

  get atEnd(): boolean {
    this.#skip();
    return this.#at >= this.text.length;
  }

  from(start: number): Span {
    return { start, end: this.#at };
  }

  looksAt(symbol: string): boolean {
    this.#skip();
    return this.text.startsWith(symbol, this.#at);
  }

  /** Takes the symbol when it is next. */
  takes(symbol: string): boolean {
    if (!this.looksAt(symbol)) return false;
    this.#at += symbol.length;
    return true;
  }

  /** Takes what a sticky pattern matches next. */
  match(pattern: RegExp): string | undefined {
    this.#skip();
    return this.matchRaw(pattern);
  }

  matchRaw(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** Takes a word when it is next and ends there. */
  takesWord(word: string): boolean {
    return this.match(new RegExp(`${word}(?![\\w$-])`)) !== undefined;
  }

  expect(symbol: string): void {
    if (!this.takes(symbol)) throw this.fault(`expected ${symbol}`);
  }

  fault(message: string): KritiFault {
    const start = this.offset;
    return new KritiFault('Parse Error', message, { start, end: Math.min(start + 1, this.text.length) });
  }

  /** Goes back: for what turned out to be something else. */
  reset(offset: number): void {
    this.#at = offset;
  }

  #skip(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at++;
  }
}
