import { ident, param, sql, type Sql } from '@nself/pg-sql';
import type { Param, Value } from '../ir';
import type { Scope } from './compilation';
import { typeName } from './types';

/** A value, cast to what it has to be. Shapes travel as GeoJSON. */
export function compileValue(value: Value, scope: Scope): Sql {
  return value.kind === 'param'
    ? compileParam(value)
    : sql`${value.scope === 'self' ? scope.self : scope.root}.${ident(value.column)}`;
}

export function compileParam(value: Param): Sql {
  const { type } = value;
  if (type.name === 'geometry') return sql`st_geomfromgeojson(${param(value)}::text)`;
  if (type.name === 'geography') return sql`st_geomfromgeojson(${param(value)}::text)::${typeName(type)}`;
  return sql`${param(value)}::${typeName(type)}`;
}
