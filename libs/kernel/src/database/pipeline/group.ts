import { createHash } from 'node:crypto';

/** One statement of a group. Values travel in text format; `null` is SQL null. */
export interface Statement {
  readonly text: string;
  /** Name of the prepared statement, the same on every connection; without it the statement is parsed anew each time. */
  readonly name?: string;
  readonly values: readonly (string | null)[];
}

/**
 * Statements that succeed or fail together, sent in one write and closed by one Sync.
 * `context` runs first: what it sets locally holds for the statements and is gone after the group.
 */
export interface Group {
  readonly context?: Statement;
  readonly statements: readonly Statement[];
  /** Whether it only reads, so that it may share a write with others that are quick (see `Pipeline`). */
  readonly readOnly?: boolean;
  /** An isolation level cannot be set from inside a group, so this wraps it in an explicit transaction. */
  readonly isolation?: 'repeatable read' | 'serializable';
}

/** The fields of one row as Postgres wrote them (text format); views of the row's own memory. */
export type Row = readonly (Buffer | null)[];

/** The rows of each statement, in the order of `Group.statements`; the context's row is not among them. */
export type GroupResult = readonly (readonly Row[])[];

/** A statement whose name is a hash of its text, so that every connection shares the name and none can confuse two texts. */
export function prepared(text: string, values: readonly (string | null)[] = []): Statement {
  return { text, name: nameOf(text), values };
}

function nameOf(text: string): string {
  return `q${createHash('sha256').update(text).digest('base64url').slice(0, 32)}`;
}

const limited = new Map<string, NamedText>();

type NamedText = Required<Pick<Statement, 'text' | 'name'>>;

/**
 * The context statement with a time limit and the access mode added to its select list, so that both cost no
 * round trip of their own. Zero milliseconds means no limit.
 */
export function withLimits(context: Statement, limits: { timeoutMs: number; readOnly: boolean }): Statement {
  const { text, name } = limitedText(context);
  const values = [...context.values, String(limits.timeoutMs), limits.readOnly ? 'on' : 'off'];
  return { text, name, values };
}

function limitedText({ text, values }: Statement): NamedText {
  const known = limited.get(text);
  if (known !== undefined) return known;
  const made = limit(text, values.length);
  limited.set(text, made);
  return made;
}

function limit(context: string, n: number): NamedText {
  const settings = `set_config('statement_timeout', $${n + 1}, true), set_config('transaction_read_only', $${n + 2}, true)`;
  const text = `${context}, ${settings}`;
  return { text, name: nameOf(text) };
}
