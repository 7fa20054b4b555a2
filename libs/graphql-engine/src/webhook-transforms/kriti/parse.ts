/**
 * Kriti, Hasura's template language: JSON in which `{{ ... }}` stands for values, in texts too.
 *
 * There are two places to be in. Outside of braces stand JSON values and blocks (`{{ if }}`, `{{ range }}`); inside
 * stand expressions: paths, operators, calls, and JSON values again. Both read from one scanner, so that a `}}` which
 * closes two objects is never taken for the end of a block.
 */
import type { KritiFault } from './fault';
import { operators, type Node, type Operator, type Step } from './node';
import { Scanner } from './scanner';

const name = /[$A-Za-z_][\w$-]*/;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;

/** @throws KritiFault */
export function parseTemplate(text: string): Node {
  const parser = new Parser(new Scanner(text));
  return parser.whole();
}

class Parser {
  constructor(private readonly scanner: Scanner) {}

  whole(): Node {
    const node = this.#outside();
    if (!this.scanner.atEnd) throw this.scanner.fault('unexpected text after the template');
    return node;
  }

  #outside(): Node {
    return this.scanner.looksAt('{{') ? this.#block() : this.#json(() => this.#outside());
  }

  #block(): Node {
    const { scanner } = this;
    const start = scanner.offset;
    scanner.expect('{{');
    if (scanner.takesWord('if')) return this.#condition(start);
    if (scanner.takesWord('range')) return this.#range(start);
    const inner = this.#expression();
    scanner.expect('}}');
    return inner;
  }

  /** After `{{ if` or `{{ elif`. */
  #condition(start: number): Node {
    const { scanner } = this;
    const test = this.#expression();
    scanner.expect('}}');
    const yes = this.#outside();
    scanner.expect('{{');
    if (scanner.takesWord('elif'))
      return { kind: 'if', test, yes, no: this.#condition(start), span: scanner.from(start) };
    if (!scanner.takesWord('else')) throw scanner.fault('expected else or elif');
    scanner.expect('}}');
    const no = this.#outside();
    this.#end();
    return { kind: 'if', test, yes, no, span: scanner.from(start) };
  }

  #range(start: number): Node {
    const { scanner } = this;
    const index = this.#name();
    scanner.expect(',');
    const item = this.#name();
    scanner.expect(':=');
    const over = this.#expression();
    scanner.expect('}}');
    const body = this.#outside();
    this.#end();
    return { kind: 'range', ...(index !== '_' && { index }), item, over, body, span: scanner.from(start) };
  }

  #end(): void {
    this.scanner.expect('{{');
    if (!this.scanner.takesWord('end')) throw this.scanner.fault('expected end');
    this.scanner.expect('}}');
  }

  #name(): string {
    const found = this.scanner.match(name);
    if (found === undefined) throw this.scanner.fault('expected a name');
    return found;
  }

  /** From the operator that binds least to the one that binds most. */
  #expression(level = 0): Node {
    const tier = tiers[level];
    if (!tier) return this.#operand();
    const { scanner } = this;
    const start = scanner.offset;
    let left = this.#expression(level + 1);
    for (;;) {
      const operator = tier.find(symbol =>
        symbol === 'in' ? scanner.takesWord(symbol) : scanner.takes(symbol),
      );
      if (!operator) return left;
      left = {
        kind: 'binary',
        operator,
        left,
        right: this.#expression(level + 1),
        span: scanner.from(start),
      };
    }
  }

  #operand(): Node {
    const { scanner } = this;
    if (scanner.takes('(')) {
      const inner = this.#expression();
      scanner.expect(')');
      return inner;
    }
    if (scanner.looksAt('{{')) return this.#block();
    const start = scanner.offset;
    const word = scanner.match(name);
    if (word === undefined || isConstant(word)) {
      scanner.reset(start);
      return this.#json(() => this.#expression());
    }
    return this.#isCall(word) ? this.#call(word, start) : this.#path(word, start);
  }

  /** A name that a value follows calls a function; one that a step or an operator follows is a path. */
  #isCall(word: string): boolean {
    const { scanner } = this;
    if (word === 'not') return true;
    if (scanner.looksAt('[') || scanner.looksAt('?')) return false;
    return ['(', '"', '{ '].some(symbol => scanner.looksAt(symbol)) || this.#wordFollows();
  }

  #wordFollows(): boolean {
    const start = this.scanner.raw;
    const word = this.scanner.match(name);
    this.scanner.reset(start);
    return word !== undefined && word !== 'in';
  }

  #call(word: string, start: number): Node {
    const argument = this.#operand();
    return { kind: 'call', name: word, argument, span: this.scanner.from(start) };
  }

  #path(root: string, start: number): Node {
    const steps: Step[] = [];
    for (let step = this.#step(); step; step = this.#step()) steps.push(step);
    return { kind: 'path', root, steps, span: this.scanner.from(start) };
  }

  #step(): Step | undefined {
    const { scanner } = this;
    if (scanner.looksAt('??')) return undefined;
    const start = scanner.offset;
    const optional = scanner.takes('?');
    if (scanner.takes('.')) return { key: this.#name(), optional, span: scanner.from(start) };
    if (scanner.takes('[')) {
      const key = this.#key();
      scanner.expect(']');
      return { key, optional, span: scanner.from(start) };
    }
    if (optional) throw scanner.fault('expected a step after ?');
    return undefined;
  }

  #key(): string | number {
    const quoted = this.scanner.match(/'[^']*'|"[^"]*"/);
    if (quoted !== undefined) return quoted.slice(1, -1);
    const digits = this.scanner.match(/\d+/);
    if (digits === undefined) throw this.scanner.fault('expected an index or a key');
    return Number(digits);
  }

  /** A JSON value whose members are read by `inner`. */
  #json(inner: () => Node): Node {
    const { scanner } = this;
    const start = scanner.offset;
    if (scanner.takes('{')) return this.#object(start, inner);
    if (scanner.takes('[')) return this.#list(start, inner);
    if (scanner.takes('"')) return this.#text(start);
    if (scanner.takes('(')) {
      const node = inner();
      scanner.expect(')');
      return node;
    }
    const word = scanner.match(name) ?? scanner.match(number);
    if (word === undefined) throw scanner.fault('expected a value');
    if (!isConstant(word) && !/^[-\d]/.test(word)) throw notJson(scanner, start);
    return { kind: 'literal', value: JSON.parse(word) as Parsed, span: scanner.from(start) };
  }

  #object(start: number, inner: () => Node): Node {
    const { scanner } = this;
    const fields: [string, Node][] = [];
    while (!scanner.takes('}')) {
      if (fields.length > 0) scanner.expect(',');
      scanner.expect('"');
      const key = scanner.matchRaw(/(?:[^"\\]|\\.)*/) ?? '';
      scanner.expect('"');
      scanner.expect(':');
      fields.push([unescaped(key), inner()]);
    }
    return { kind: 'object', fields, span: scanner.from(start) };
  }

  #list(start: number, inner: () => Node): Node {
    const { scanner } = this;
    const items: Node[] = [];
    while (!scanner.takes(']')) {
      if (items.length > 0) scanner.expect(',');
      items.push(inner());
    }
    return { kind: 'list', items, span: scanner.from(start) };
  }

  /** After the opening quote. */
  #text(start: number): Node {
    const { scanner } = this;
    const parts: Node[] = [];
    for (;;) {
      const from = scanner.raw;
      const plain = scanner.matchRaw(/(?:(?!\{\{)[^"\\]|\\.)+/);
      if (plain !== undefined)
        parts.push({ kind: 'literal', value: unescaped(plain), span: scanner.from(from) });
      if (scanner.matchRaw(/"/) !== undefined) return { kind: 'text', parts, span: scanner.from(start) };
      if (scanner.matchRaw(/\{\{/) === undefined) throw scanner.fault('unterminated text');
      parts.push(this.#expression());
      scanner.expect('}}');
    }
  }
}

type Parsed = string | number | boolean | null;

const isConstant = (word: string) => word === 'true' || word === 'false' || word === 'null';

function notJson(scanner: Scanner, start: number): KritiFault {
  scanner.reset(start);
  return scanner.fault('expected a value');
}

/** Line breaks may stand in a template's texts as they are, which JSON does not allow. */
const unescaped = (text: string): string =>
  JSON.parse(`"${text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`) as string;

/** Longer symbols before those that they begin with. */
const tiers: readonly (readonly Operator[])[] = [['??'], ['||'], ['&&'], operators.slice(3)];
