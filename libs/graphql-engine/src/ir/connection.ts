import type { Operand } from './bool-exp';
import type { Fields } from './fields';
import type { OrderBy, Rows } from './select';
import type { Param } from './value';

/** Relay's page of rows. The order is total: the primary key ends it. */
export interface Connection extends Omit<Rows, 'limits' | 'offset'> {
  readonly kind: 'connection';
  readonly fields: readonly ConnectionField[];
  /** From the beginning, or (`last`, `before`) from the end. */
  readonly way: 'forward' | 'backward';
  /** Rows of the page: what the client asks for, at most what the permission allows. None: all. */
  readonly sizes: readonly (Param | number)[];
  /** The row that the page begins after; backward: ends before. One position for each member of `orderBy`. */
  readonly cursor?: readonly CursorPosition[];
}

/** The order's scalar, and the cursor's value of it. */
export interface CursorPosition {
  readonly operand: Operand;
  readonly direction: OrderBy['direction'];
  readonly nulls: OrderBy['nulls'];
  /** Neither the row nor the cursor can have null here. */
  readonly required: boolean;
  readonly value: Param;
}

export type ConnectionField =
  | { readonly alias: string; readonly kind: 'text'; readonly text: string }
  | { readonly alias: string; readonly kind: 'page-info'; readonly items: readonly PageInfoItem[] }
  | { readonly alias: string; readonly kind: 'edges'; readonly items: readonly EdgeItem[] };

export type PageInfoItem =
  | { readonly alias: string; readonly kind: 'has-next' | 'has-previous' | 'start-cursor' | 'end-cursor' }
  | { readonly alias: string; readonly kind: 'text'; readonly text: string };

export type EdgeItem =
  | { readonly alias: string; readonly kind: 'cursor' }
  | { readonly alias: string; readonly kind: 'node'; readonly fields: Fields }
  | { readonly alias: string; readonly kind: 'text'; readonly text: string };
