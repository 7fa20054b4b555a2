import type { BoolExp, Operand } from './bool-exp';
import type { Fields } from './fields';
import type { Rows } from './select';

export type AggregateFunction =
  | 'count'
  | 'sum'
  | 'avg'
  | 'max'
  | 'min'
  | 'stddev'
  | 'stddev_pop'
  | 'stddev_samp'
  | 'variance'
  | 'var_pop'
  | 'var_samp'
  | 'bool_and'
  | 'bool_or'
  | 'corr'
  | 'covar_samp';

/** One aggregate over rows. Count without arguments counts rows. */
export interface AggregateCall {
  readonly function: AggregateFunction;
  readonly arguments: readonly Operand[];
  readonly distinct: boolean;
  readonly filter?: BoolExp;
}

/** Rows, summed up: `{ aggregate { count sum { x } } nodes { ... } }`. */
export interface Aggregate extends Rows {
  readonly kind: 'aggregate';
  readonly fields: readonly AggregateField[];
  /** Permission's limit: it cuts the nodes, not the sums. */
  readonly nodeLimit?: number;
}

export type AggregateField =
  | { readonly alias: string; readonly kind: 'nodes'; readonly fields: Fields }
  | { readonly alias: string; readonly kind: 'sums'; readonly items: readonly AggregateItem[] }
  | { readonly alias: string; readonly kind: 'text'; readonly text: string };

export type AggregateItem =
  | {
      readonly alias: string;
      readonly kind: 'call';
      readonly call: AggregateCall;
      readonly stringify: boolean;
    }
  | { readonly alias: string; readonly kind: 'group'; readonly items: readonly AggregateItem[] }
  | { readonly alias: string; readonly kind: 'text'; readonly text: string };
