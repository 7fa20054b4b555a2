import type { TypeModel } from '../model';

/** Where a value comes from once a request is there. A plan holds sources, never a request's own values. */
export type Source =
  | { readonly from: 'constant'; readonly value: unknown }
  | { readonly from: 'variable'; readonly name: string; readonly path: readonly (string | number)[] }
  | { readonly from: 'list'; readonly items: readonly Source[] }
  | { readonly from: 'object'; readonly fields: Readonly<Record<string, Source>> }
  /** One session variable, by its lower-case name. */
  | { readonly from: 'session'; readonly name: string }
  /** All session variables as one JSON object. */
  | { readonly from: 'session-json' }
  /** Position of a stream in one column; where the client begins until there is one. */
  | { readonly from: 'cursor'; readonly column: string; readonly initial: Source };

/** Turns a JSON value into the text that Postgres reads, or throws an error that names the path. */
export type Encode = (value: unknown, path: string) => string | null;

/** A hole of the statement, printed as `$n::type`. */
export interface Param {
  readonly kind: 'param';
  readonly source: Source;
  /** The type it is cast to; an array type for `= any(...)`. */
  readonly type: TypeModel;
  readonly encode: Encode;
  /** Where in the request the value was asked for, for errors. */
  readonly path: string;
  /** Holes with the same key share one parameter. */
  readonly key: string;
}

/** A column of a row in reach: the row at hand, or the row of the outermost table of the boolean expression. */
export interface ColumnOf {
  readonly kind: 'column-of';
  readonly scope: 'self' | 'root';
  readonly column: string;
}

export type Value = Param | ColumnOf;
