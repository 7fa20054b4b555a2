import type { BoolExp } from './bool-exp';
import type { TableSource } from './source';
import type { Param } from './value';

/** Columns of some rows to be changed. Never without an assignment: that is no statement at all. */
export interface Update {
  readonly kind: 'update';
  readonly table: TableSource;
  readonly assignments: readonly Assignment[];
  /** Permission and client's condition together, on the row as it is. */
  readonly where: BoolExp;
  /** Permission: what must hold for the row as it becomes. */
  readonly check: BoolExp;
}

export interface Assignment {
  readonly column: string;
  readonly operation: AssignmentOperation;
  readonly value: Param;
}

/**
 * `set` replaces; `increment` adds, `multiply` multiplies; `default` forgets the value and takes the column's default; the
 * others change a jsonb value.
 */
export type AssignmentOperation =
  | 'set'
  | 'increment'
  | 'multiply'
  | 'default'
  | 'append'
  | 'prepend'
  | 'delete-key'
  | 'delete-element'
  | 'delete-at-path';
