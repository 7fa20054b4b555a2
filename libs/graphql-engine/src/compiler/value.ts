import { ident, param, sql, type Sql } from '@nself/pg-sql';
import type { Param, Value } from '../ir';
import type { TypeModel } from '../model';
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
  if (isShape(type)) return shape(sql`${param(value)}::text`, type);
  if (type.kind === 'array' && type.of && isShape(type.of))
    return shapes(sql`${param(value)}::text[]`, type.of);
  return sql`${param(value)}::${typeName(type)}`;
}

const isShape = ({ name }: TypeModel): boolean => name === 'geometry' || name === 'geography';

function shape(geoJson: Sql, type: TypeModel): Sql {
  const made = sql`st_geomfromgeojson(${geoJson})`;
  return type.name === 'geometry' ? made : sql`${made}::${typeName(type)}`;
}

// Read one by one, because in Postgres's text of a list of shapes a colon stands between them, and commas within.
function shapes(geoJsons: Sql, type: TypeModel): Sql {
  const one = ident('shape');
  const list = sql`array(select ${shape(one, type)} from unnest(${geoJsons}) as ${one})`;
  return sql`case when ${geoJsons} is not null then ${list} end`;
}
