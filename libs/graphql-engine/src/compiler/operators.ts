import { join, sql, type Sql } from '@nself/pg-sql';
import type { Operator } from '../ir';
import type { TypeModel } from '../model';

type Spelling = (left: Sql, right: Sql, rest: readonly Sql[]) => Sql;

const call =
  (name: Sql): Spelling =>
  (left, right, rest) =>
    sql`${name}(${join([left, right, ...rest], ', ')})`;

/** How SQL spells a comparison of values of a type. */
export function spellingOf(operator: Operator, type: TypeModel): Spelling {
  const opposite = withoutInequality.has(type.name) ? opposites[operator] : undefined;
  if (!opposite) return spellings[operator];
  return (left, right, rest) => sql`not (${spellings[opposite](left, right, rest)})`;
}

/** Types of PostGIS know an operator for equal values, and none for different ones. */
const withoutInequality = new Set(['geometry', 'geography', 'raster']);
const opposites: Partial<Record<Operator, Operator>> = { ne: 'eq', nin: 'in' };

const spellings: Readonly<Record<Operator, Spelling>> = {
  eq: (left, right) => sql`${left} = ${right}`,
  ne: (left, right) => sql`${left} <> ${right}`,
  gt: (left, right) => sql`${left} > ${right}`,
  lt: (left, right) => sql`${left} < ${right}`,
  gte: (left, right) => sql`${left} >= ${right}`,
  lte: (left, right) => sql`${left} <= ${right}`,
  distinct: (left, right) => sql`${left} is distinct from ${right}`,
  in: (left, right) => sql`${left} = any (${right})`,
  nin: (left, right) => sql`${left} <> all (${right})`,
  like: (left, right) => sql`${left} like ${right}`,
  nlike: (left, right) => sql`${left} not like ${right}`,
  ilike: (left, right) => sql`${left} ilike ${right}`,
  nilike: (left, right) => sql`${left} not ilike ${right}`,
  similar: (left, right) => sql`${left} similar to ${right}`,
  nsimilar: (left, right) => sql`${left} not similar to ${right}`,
  regex: (left, right) => sql`${left} ~ ${right}`,
  nregex: (left, right) => sql`${left} !~ ${right}`,
  iregex: (left, right) => sql`${left} ~* ${right}`,
  niregex: (left, right) => sql`${left} !~* ${right}`,
  contains: (left, right) => sql`${left} @> ${right}`,
  'contained-in': (left, right) => sql`${left} <@ ${right}`,
  'has-key': (left, right) => sql`${left} ? ${right}`,
  'has-keys-all': (left, right) => sql`${left} ?& ${right}`,
  'has-keys-any': (left, right) => sql`${left} ?| ${right}`,
  'json-path-exists': (left, right) => sql`${left} @? ${right}`,
  'json-path-match': (left, right) => sql`${left} @@ ${right}`,
  ancestor: (left, right) => sql`${left} @> ${right}`,
  'ancestor-any': (left, right) => sql`${left} @> ${right}`,
  descendant: (left, right) => sql`${left} <@ ${right}`,
  'descendant-any': (left, right) => sql`${left} <@ ${right}`,
  matches: (left, right) => sql`${left} ~ ${right}`,
  'matches-any': (left, right) => sql`${left} ? ${right}`,
  'matches-fulltext': (left, right) => sql`${left} @ ${right}`,
  'st-contains': call(sql`st_contains`),
  'st-crosses': call(sql`st_crosses`),
  'st-equals': call(sql`st_equals`),
  'st-intersects': call(sql`st_intersects`),
  'st-3d-intersects': call(sql`st_3dintersects`),
  'st-overlaps': call(sql`st_overlaps`),
  'st-touches': call(sql`st_touches`),
  'st-within': call(sql`st_within`),
  'st-d-within': call(sql`st_dwithin`),
  'st-3d-d-within': call(sql`st_3ddwithin`),
  'st-intersects-rast': call(sql`st_intersects`),
  'st-intersects-geom-nband': call(sql`st_intersects`),
  'st-intersects-nband-geom': (left, right, [band = sql`null`]) =>
    sql`st_intersects(${left}, ${band}, ${right})`,
};
