import type { BoolExp } from './bool-exp';
import type { TableSource } from './source';
import type { Assignment } from './update';
import type { Param } from './value';

/** Rows to be written. Every row has one cell per column. */
export interface Insert {
  readonly kind: 'insert';
  readonly into: TableSource;
  /** All columns that some row, a preset or a parent gives; may be empty. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly onConflict?: OnConflict;
  /** Permission: what must hold for every inserted row. */
  readonly check: BoolExp;
}

/** A value, the column's default, or a column of a row that an earlier step of the same root field kept. */
export type Cell = Param | DefaultCell | KeptCell;

export interface DefaultCell {
  readonly kind: 'default';
}

export interface KeptCell {
  readonly kind: 'kept';
  readonly slot: number;
  readonly table: TableSource;
  readonly column: string;
}

/** What happens to a row that a constraint refuses: nothing, or an update of the row that is there. */
export interface OnConflict {
  /** Absent: whichever constraint refuses it; only without an update. */
  readonly constraint?: string;
  readonly update?: ConflictUpdate;
}

export interface ConflictUpdate {
  /** Columns that take the value that was to be inserted. */
  readonly columns: readonly string[];
  readonly presets: readonly Assignment[];
  /** Permission and client's condition together, on the row that is there. */
  readonly where: BoolExp;
  /** Permission: what must hold for an updated row; the insert's check where there is none, as in Hasura. */
  readonly check?: BoolExp;
}
