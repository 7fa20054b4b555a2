import type { Value } from './value';

/** What rows come from. */
export type RowSource = TableSource | FunctionSource | WrittenSource;

export interface TableSource {
  readonly kind: 'table';
  readonly schema: string;
  readonly name: string;
}

/** Rows that this mutation wrote: by the statement at hand, or by an earlier one, which kept them (ir/mutation.ts). */
export interface WrittenSource {
  readonly kind: 'written';
  readonly by: 'this-statement' | 'earlier';
  readonly schema: string;
  readonly name: string;
}

export interface FunctionSource extends FunctionCall {
  readonly kind: 'function';
}

export interface FunctionCall {
  readonly schema: string;
  readonly name: string;
  readonly arguments: readonly Argument[];
}

/** Positional, unless it has a name. `row` is the row at hand, passed whole. */
export interface Argument {
  readonly name?: string;
  readonly value: Value | { readonly kind: 'row' };
}

/** Columns that meet: of the row outside, of the rows inside. */
export type JoinColumns = readonly (readonly [outer: string, inner: string])[];
