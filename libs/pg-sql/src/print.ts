import type { Sql } from './fragment';

/** A statement ready to be sent: `$1..$n` in the text, the payloads in the same order. */
export interface Printed<P extends object> {
  readonly text: string;
  readonly params: readonly P[];
}

/**
 * Writes a tree as text. Payloads with the same key share one place; by default a payload is its own key.
 * The answer depends on the tree alone, so equal trees give equal text and one prepared statement serves them.
 */
export function print<P extends object>(
  tree: Sql,
  keyOf: (payload: P) => unknown = payload => payload,
): Printed<P> {
  const printer = new Printer(payload => keyOf(payload as P));
  printer.write(tree, 0);
  return { text: printer.text, params: printer.payloads as P[] };
}

class Printer {
  text = '';
  readonly payloads: object[] = [];
  private readonly places = new Map<unknown, number>();

  constructor(private readonly keyOf: (payload: object) => unknown) {}

  write(node: Sql, depth: number): void {
    switch (node.kind) {
      case 'text':
        this.text += indented(node.text, depth);
        return;
      case 'param':
        this.text += `$${this.placeOf(node.payload)}`;
        return;
      case 'list':
        node.items.forEach((item, at) => {
          if (at > 0) this.text += indented(node.separator, depth);
          this.write(item, depth);
        });
        return;
      case 'nest':
        this.text += indented('\n', depth + 1);
        this.write(node.inner, depth + 1);
        if (node.closed) this.text += indented('\n', depth);
    }
  }

  private placeOf(payload: object): number {
    const key = this.keyOf(payload);
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = this.payloads.push(payload);
    this.places.set(key, place);
    return place;
  }
}

// Only template text and separators reach this function with line breaks of their own: a line break inside a
// quoted name or literal must stay as it is, so quoted parts are stepped over.
function indented(text: string, depth: number): string {
  if (depth === 0 || !text.includes('\n')) return text;
  if (!/["']/.test(text)) return text.replaceAll('\n', `\n${'  '.repeat(depth)}`);
  return text.replace(/"[^"]*"|'[^']*'|\n/g, part => (part === '\n' ? `\n${'  '.repeat(depth)}` : part));
}
