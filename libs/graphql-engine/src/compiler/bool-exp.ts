import { join, nest, sql, type Sql } from '@nself/pg-sql';
import type { BoolExp, Compare, Exists } from '../ir';
import type { Compilation, Scope } from './compilation';
import { compileOperand, sourceName } from './operand';
import { spellingOf } from './operators';
import { compileJoin, compileSource } from './source';
import { compileValue } from './value';

/** A condition. Whatever is or-ed or negated stands in brackets. */
export function compileBool(exp: BoolExp, scope: Scope, compilation: Compilation): Sql {
  switch (exp.kind) {
    case 'constant':
      return exp.value ? sql`true` : sql`false`;
    case 'and':
      return sql`(${join(
        exp.all.map(part => compileBool(part, scope, compilation)),
        ' and ',
      )})`;
    case 'or':
      return sql`(${join(
        exp.any.map(part => compileBool(part, scope, compilation)),
        ' or ',
      )})`;
    case 'not':
      return sql`not (${compileBool(exp.inner, scope, compilation)})`;
    case 'compare':
      return compileCompare(exp, scope, compilation);
    case 'is-null':
      return sql`${compileOperand(exp.operand, scope, compilation)} is ${exp.negated ? sql`not null` : sql`null`}`;
    case 'exists':
      return compileExists(exp, scope, compilation);
  }
}

/** The members of a conjunction, one on each line. */
export function compileConditions(exp: BoolExp, scope: Scope, compilation: Compilation): readonly Sql[] {
  if (exp.kind === 'constant' && exp.value) return [];
  const parts = exp.kind === 'and' ? exp.all : [exp];
  return parts.map(part => compileBool(part, scope, compilation));
}

function compileCompare(
  { left, operator, right, rest = [] }: Compare,
  scope: Scope,
  compilation: Compilation,
): Sql {
  const others = rest.map(value => compileValue(value, scope));
  const spelling = spellingOf(operator, left.type);
  return spelling(compileOperand(left, scope, compilation), compileValue(right, scope), others);
}

function compileExists({ from, on, where, newRoot }: Exists, outer: Scope, compilation: Compilation): Sql {
  const inner = compilation.scope(sourceName(from), newRoot ? undefined : outer.root);
  const source = compileSource(from, inner.self, outer, compilation);
  const conditions = [...compileJoin(on, inner.self, outer), ...compileConditions(where, inner, compilation)];
  const filter = conditions.length === 0 ? sql`` : sql` where ${join(conditions, ' and ')}`;
  return sql`exists (${nest(sql`select 1 from ${source}${filter}`)})`;
}
