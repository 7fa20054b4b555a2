import type { BoolExp } from './bool-exp';
import type { TableSource } from './source';

/** Rows to be removed. */
export interface Delete {
  readonly kind: 'delete';
  readonly from: TableSource;
  /** Permission and client's condition together. */
  readonly where: BoolExp;
}
