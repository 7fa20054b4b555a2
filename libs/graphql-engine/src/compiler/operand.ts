import { ident, join, sql, type Sql } from '@nself/pg-sql';
import type { AggregateCall, AggregateOperand, BoolExp, Operand, RelatedOperand } from '../ir';
import type { Compilation, Scope } from './compilation';
import { compileCall, compileJoin, compileSource } from './source';
import { typeName } from './types';

/** A scalar of the row at hand. */
export function compileOperand(operand: Operand, scope: Scope, compilation: Compilation): Sql {
  switch (operand.kind) {
    case 'column':
      return whenAllowed(sql`${scope.self}.${ident(operand.column)}`, operand.when, scope, compilation);
    case 'computed':
      return whenAllowed(compileCall(operand.call, scope, compilation), operand.when, scope, compilation);
    case 'cast':
      return sql`(${compileOperand(operand.operand, scope, compilation)})::${typeName(operand.type)}`;
    case 'related':
      return compileRelated(operand, scope, compilation);
    case 'aggregate':
      return compileAggregate(operand, scope, compilation);
  }
}

function whenAllowed(value: Sql, when: BoolExp | undefined, scope: Scope, compilation: Compilation): Sql {
  return when
    ? sql`case when ${compilation.printers.condition(when, { ...scope, root: scope.self }, compilation)} then ${value} end`
    : value;
}

type Related = Pick<RelatedOperand, 'from' | 'on' | 'where'>;

function compileRelated(operand: RelatedOperand, scope: Scope, compilation: Compilation): Sql {
  const inner = compilation.scope(sourceName(operand.from));
  const value = compileOperand(operand.operand, inner, compilation);
  return sql`(select ${value} from ${relatedRows(operand, inner, scope, compilation)} limit 1)`;
}

function compileAggregate(operand: AggregateOperand, scope: Scope, compilation: Compilation): Sql {
  const inner = compilation.scope(sourceName(operand.from));
  const values = operand.call.arguments.map(argument => compileOperand(argument, inner, compilation));
  return sql`(select ${compileAggregateCall(operand.call, values)} from ${relatedRows(operand, inner, scope, compilation)})`;
}

function relatedRows(
  { from, on, where }: Related,
  inner: Scope,
  outer: Scope,
  compilation: Compilation,
): Sql {
  const conditions = [
    ...compileJoin(on, inner.self, outer),
    compilation.printers.condition(where, inner, compilation),
  ];
  return sql`${compileSource(from, inner.self, outer, compilation)} where ${join(conditions, ' and ')}`;
}

export const sourceName = ({ name }: { readonly name: string }): string => name;

/** `count(*)`, `sum(x)`, `count(distinct (a, b))`. */
export function compileAggregateCall(
  { function: name, distinct }: AggregateCall,
  values: readonly Sql[],
): Sql {
  if (values.length === 0) return sql`count(*)`;
  const takesPair = name === 'corr' || name === 'covar_samp';
  const list = takesPair || values.length === 1 ? join(values, ', ') : sql`(${join(values, ', ')})`;
  return distinct ? sql`${functionNames[name]}(distinct ${list})` : sql`${functionNames[name]}(${list})`;
}

const functionNames: Readonly<Record<AggregateCall['function'], Sql>> = {
  count: sql`count`,
  sum: sql`sum`,
  avg: sql`avg`,
  max: sql`max`,
  min: sql`min`,
  stddev: sql`stddev`,
  stddev_pop: sql`stddev_pop`,
  stddev_samp: sql`stddev_samp`,
  variance: sql`variance`,
  var_pop: sql`var_pop`,
  var_samp: sql`var_samp`,
  bool_and: sql`bool_and`,
  bool_or: sql`bool_or`,
  corr: sql`corr`,
  covar_samp: sql`covar_samp`,
};
