import type { TypeModel } from '../model';
import type { AggregateCall } from './aggregate';
import type { Operator } from './operator';
import type { FunctionCall, JoinColumns, RowSource } from './source';
import type { Value } from './value';

/** A condition on the row at hand. Permissions and a client's `where` are the same kind of thing. */
export type BoolExp = Constant | And | Or | Not | Compare | IsNull | Exists;

export interface Constant {
  readonly kind: 'constant';
  readonly value: boolean;
}

export interface And {
  readonly kind: 'and';
  readonly all: readonly BoolExp[];
}

export interface Or {
  readonly kind: 'or';
  readonly any: readonly BoolExp[];
}

export interface Not {
  readonly kind: 'not';
  readonly inner: BoolExp;
}

export interface Compare {
  readonly kind: 'compare';
  readonly left: Operand;
  readonly operator: Operator;
  readonly right: Value;
  /** Further arguments of operators that have them (distance, band number). */
  readonly rest?: readonly Value[];
}

export interface IsNull {
  readonly kind: 'is-null';
  readonly operand: Operand;
  readonly negated: boolean;
}

/** Some row of `from` meets `where`: relationships (with `on`), table computed fields, and `_exists` (without). */
export interface Exists {
  readonly kind: 'exists';
  readonly from: RowSource;
  readonly on: JoinColumns;
  readonly where: BoolExp;
  /** Whether `$` in `where` means the row inside: so for a client's relationship, which holds the target's permission. */
  readonly newRoot: boolean;
}

/** A scalar of the row at hand. */
export type Operand = ColumnOperand | ComputedOperand | CastOperand | RelatedOperand | AggregateOperand;

export interface ColumnOperand {
  readonly kind: 'column';
  readonly column: string;
  readonly type: TypeModel;
  /** Null where this does not hold (inherited roles). */
  readonly when?: BoolExp;
}

export interface ComputedOperand {
  readonly kind: 'computed';
  readonly call: FunctionCall;
  readonly type: TypeModel;
  readonly when?: BoolExp;
}

export interface CastOperand {
  readonly kind: 'cast';
  readonly operand: Operand;
  readonly type: TypeModel;
}

/** A scalar of the one related row that the asker may see; null when there is none. */
export interface RelatedOperand {
  readonly kind: 'related';
  readonly from: RowSource;
  readonly on: JoinColumns;
  readonly where: BoolExp;
  readonly operand: Operand;
  readonly type: TypeModel;
}

/** An aggregate over the related rows that the asker may see. */
export interface AggregateOperand {
  readonly kind: 'aggregate';
  readonly from: RowSource;
  readonly on: JoinColumns;
  readonly where: BoolExp;
  readonly call: AggregateCall;
  readonly type: TypeModel;
}

export const always: BoolExp = { kind: 'constant', value: true };
export const never: BoolExp = { kind: 'constant', value: false };

/** Flat conjunction: constants and nested conjunctions disappear. */
export function and(...parts: readonly BoolExp[]): BoolExp {
  const all = parts
    .flatMap(part => (part.kind === 'and' ? part.all : [part]))
    .filter(part => part !== always);
  if (all.some(part => part.kind === 'constant' && !part.value)) return never;
  const rest = all.filter(part => part.kind !== 'constant');
  return rest.length === 0 ? always : rest.length === 1 ? (rest[0] as BoolExp) : { kind: 'and', all: rest };
}

/** Flat disjunction; of nothing it is false. */
export function or(...parts: readonly BoolExp[]): BoolExp {
  const any = parts.flatMap(part => (part.kind === 'or' ? part.any : [part]));
  if (any.some(part => part.kind === 'constant' && part.value)) return always;
  const rest = any.filter(part => part.kind !== 'constant');
  return rest.length === 0 ? never : rest.length === 1 ? (rest[0] as BoolExp) : { kind: 'or', any: rest };
}

export function not(inner: BoolExp): BoolExp {
  return inner.kind === 'constant' ? (inner.value ? never : always) : { kind: 'not', inner };
}
