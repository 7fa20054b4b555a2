import type { Operand } from './bool-exp';
import type { Fields } from './fields';
import type { Rows } from './select';
import type { Param } from './value';

/** Relay's page of rows. The order is total: the primary key ends it. */
export interface Connection extends Rows {
  readonly kind: 'connection';
  readonly fields: readonly ConnectionField[];
  readonly first?: Param;
  readonly last?: Param;
  readonly after?: ConnectionCursor;
  readonly before?: ConnectionCursor;
  /** Permission's limit on one page. */
  readonly pageLimit?: number;
}

/** Position in the order: one value per member of `orderBy`. */
export type ConnectionCursor = readonly { readonly operand: Operand; readonly value: Param }[];

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
