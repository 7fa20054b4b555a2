import { empty, ident, join, sql, type Sql } from '@nself/pg-sql';
import type { Argument, FunctionCall, JoinColumns, RowSource } from '../ir';
import type { Compilation, Scope } from './compilation';
import { compileValue } from './value';
import { writtenRows } from './mutations/written';

/** `"public"."author" as "author"`; a function is called with the row outside. */
export function compileSource(
  source: RowSource,
  self: Sql,
  outer: Scope | undefined,
  compilation: Compilation,
): Sql {
  switch (source.kind) {
    case 'table':
      return sql`${compilation.readsTable(source.schema, source.name)} as ${self}`;
    case 'function':
      return sql`${compileCall(source, outer, compilation)} as ${self}`;
    case 'written':
      return sql`${writtenRows(source)} as ${self}`;
  }
}

export function compileCall(call: FunctionCall, scope: Scope | undefined, compilation: Compilation): Sql {
  const all = call.arguments.map(argument => compileArgument(argument, scope));
  return sql`${compilation.callsFunction(call.schema, call.name)}(${join(all, ', ')})`;
}

const nowhere: Scope = { self: ident('nowhere'), root: ident('nowhere') };

function compileArgument({ name, value }: Argument, scope: Scope = nowhere): Sql {
  const given = value.kind === 'row' ? sql`${scope.self}.*` : compileValue(value, scope);
  return sql`${name === undefined ? empty : sql`${ident(name)} => `}${given}`;
}

/** How inner rows belong to the row outside. */
export function compileJoin(on: JoinColumns, inner: Sql, outer: Scope | undefined): readonly Sql[] {
  return on.map(([from, to]) => sql`${inner}.${ident(to)} = ${(outer ?? nowhere).self}.${ident(from)}`);
}
