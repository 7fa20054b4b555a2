const brand: unique symbol = Symbol('nself.sql');

/** One immutable node of a statement. Only the functions of this file can make one. */
export type Sql = Readonly<{ [brand]: true } & Shape>;

type Shape =
  | { kind: 'text'; text: string }
  | { kind: 'param'; payload: object }
  | { kind: 'list'; items: readonly Sql[]; separator: Separator | '' }
  | { kind: 'nest'; inner: Sql; closed: boolean };

/** What may stand between the members of a list. A newline is followed by the indentation of its place. */
export type Separator =
  ', ' | ',\n' | ' and ' | '\nand ' | ' or ' | '\nor ' | ' ' | '\n' | '.' | ' || ' | '\nunion all\n';

/**
 * The text of a template is SQL, what is interpolated must be SQL already:
 * sql\`select \${ident('name')} from \${ident('public', 'person')} where id = \${param(id)}\`.
 * Line breaks of the template are kept, its indentation is not: the printer knows how deep a fragment stands.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly Sql[]): Sql {
  const texts = textsOf(strings);
  const items: Sql[] = [];
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at];
    if (text) items.push(text);
    if (at < values.length) items.push(proven(values[at]));
  }
  return list(items, '');
}

// A template's text is the same at every call: it is made into nodes once.
const known = new WeakMap<TemplateStringsArray, readonly (Sql | undefined)[]>();

function textsOf(strings: TemplateStringsArray): readonly (Sql | undefined)[] {
  const made = known.get(strings);
  if (made) return made;
  const texts = strings.map((text, at) => {
    const plain = withoutIndentation(text, { first: at === 0, last: at === strings.length - 1 });
    return plain === '' ? undefined : node({ kind: 'text', text: plain });
  });
  known.set(strings, texts);
  return texts;
}

/** A name, quoted: ident('public', 'person') prints "public"."person". */
export function ident(...names: readonly string[]): Sql {
  if (names.length === 0) throw new TypeError('an identifier needs a name');
  return node({ kind: 'text', text: names.map(quoted).join('.') });
}

/** A text constant that belongs to the shape of the statement; values that change go through `param`. */
export function literal(value: string): Sql {
  refuseZeroByte(value);
  const doubled = value.replaceAll("'", "''");
  const text = value.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
  return node({ kind: 'text', text });
}

/** A whole number, printed as it is. */
export function int(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new TypeError(`not a whole number: ${value}`);
  return node({ kind: 'text', text: String(value) });
}

/** A place for a value. The payload says what fills it; the printer numbers the places. */
export function param(payload: object): Sql {
  return node({ kind: 'param', payload });
}

/** Fragments in a row; empty ones leave no separator behind. */
export function join(fragments: readonly Sql[], separator: Separator): Sql {
  return list(
    fragments.map(proven).filter(fragment => fragment !== empty),
    separator,
  );
}

/** A fragment on lines of its own, one step deeper than its surroundings; what follows begins a new line. */
export function nest(inner: Sql): Sql {
  return node({ kind: 'nest', inner: proven(inner), closed: true });
}

/** The same where what follows brings its own line break, or nothing follows. */
export function indent(inner: Sql): Sql {
  return node({ kind: 'nest', inner: proven(inner), closed: false });
}

export function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && brand in value;
}

/** Nothing at all: the neutral member of every list. */
export const empty: Sql = list([], '');

function list(items: readonly Sql[], separator: Separator | ''): Sql {
  return node({ kind: 'list', items: Object.freeze([...items]), separator });
}

function node(shape: Shape): Sql {
  return Object.freeze({ [brand]: true as const, ...shape });
}

function proven(value: unknown): Sql {
  if (!isSql(value)) throw new TypeError('only SQL fragments can be part of a statement');
  return value;
}

function quoted(name: string): string {
  if (name === '') throw new TypeError('an identifier needs a name');
  refuseZeroByte(name);
  return `"${name.replaceAll('"', '""')}"`;
}

function refuseZeroByte(text: string): void {
  if (text.includes('\0')) throw new TypeError('a zero byte cannot be part of a statement');
}

function withoutIndentation(text: string, edge: { first: boolean; last: boolean }): string {
  const flat = text.replace(/[ \t]*\n[ \t]*/g, '\n');
  const begun = edge.first ? flat.replace(/^\n/, '') : flat;
  return edge.last ? begun.replace(/\n$/, '') : begun;
}
