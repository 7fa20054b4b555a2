import { ident, sql, type Sql } from '@nself/pg-sql';
import type { TypeModel } from '../model';

/** Everyday types by the name that one would write; all others are named in full. */
const everyday: Readonly<Record<string, Sql>> = {
  bool: sql`boolean`,
  int2: sql`smallint`,
  int4: sql`integer`,
  int8: sql`bigint`,
  float4: sql`real`,
  float8: sql`double precision`,
  numeric: sql`numeric`,
  text: sql`text`,
  varchar: sql`varchar`,
  bpchar: sql`bpchar`,
  uuid: sql`uuid`,
  date: sql`date`,
  time: sql`time`,
  timetz: sql`timetz`,
  timestamp: sql`timestamp`,
  timestamptz: sql`timestamptz`,
  interval: sql`interval`,
  json: sql`json`,
  jsonb: sql`jsonb`,
  bytea: sql`bytea`,
};

/** The type as a cast names it. */
export function typeName(type: TypeModel): Sql {
  if (type.kind === 'array' && type.of) return sql`${typeName(type.of)}[]`;
  const known = type.schema === 'pg_catalog' ? everyday[type.name] : undefined;
  return known ?? ident(type.schema, type.name);
}
