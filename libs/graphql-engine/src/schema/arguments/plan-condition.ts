import { and, type BoolExp, type Operand } from '../../ir';
import type { Input } from '../../planner';
import { plannedMembers } from '../field';

/** What one member of a boolean expression says of the row. */
export type BoolExpPlan = (value: Input) => BoolExp;

/** `where`: members are and-ed. An object without members holds always. */
export function planBoolExp(input: Input): BoolExp {
  return and(...plannedMembers<BoolExpPlan>(input).map(({ value, plan }) => plan(value)));
}

/** One member of a comparison: the value held against a scalar of the row. */
export type ComparisonPlan = (value: Input, operand: Operand) => BoolExp;

/** `{ _eq: 1, _gt: 0 }` against a column, a computed field or an aggregate: all of it must hold. */
export function planComparison(input: Input, operand: Operand): BoolExp {
  return and(...plannedMembers<ComparisonPlan>(input).map(({ value, plan }) => plan(value, operand)));
}
