import type { TypeModel } from '../model';
import type { BoolExp, Operand } from './bool-exp';
import type { Fields } from './fields';
import type { JoinColumns, RowSource } from './source';
import type { Param } from './value';

/** Which rows, in which order: the common part of everything that reads. */
export interface Rows {
  readonly from: RowSource;
  /** How they belong to the row outside; empty at the root. */
  readonly on: JoinColumns;
  /** Permission and client's condition together. */
  readonly where: BoolExp;
  readonly orderBy: readonly OrderBy[];
  readonly distinctOn: readonly Operand[];
  /** The smallest of them counts. */
  readonly limits: readonly Limit[];
  readonly offset?: Param;
}

export interface Select extends Rows {
  readonly kind: 'select';
  readonly fields: Fields;
  /** A JSON array, or one object or null. */
  readonly cardinality: 'many' | 'one';
}

/** A streaming subscription: a select whose rows come after the cursor; it also tells the next cursor. */
export interface Stream extends Omit<Select, 'kind'> {
  readonly kind: 'stream';
  readonly cursor: readonly StreamColumn[];
}

export interface StreamColumn {
  readonly column: string;
  readonly type: TypeModel;
  readonly direction: 'asc' | 'desc';
  /** Where the stream begins; null means before everything. Later batches begin at the cursor's value. */
  readonly initial: Param;
}

export type Limit = Param | number;

export interface OrderBy {
  readonly by: Operand;
  readonly direction: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
  /** Where the client's order names it; a relay cursor holds the value there. */
  readonly path?: readonly string[];
}
