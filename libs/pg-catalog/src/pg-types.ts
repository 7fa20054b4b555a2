import { groupBy } from './group';
import type { RawCatalogue, RawType } from './raw';
import type { CompositeField, Oid, PgType, TypeKind } from './types';

const kinds: Record<RawType['kind'], TypeKind> = {
  b: 'base',
  c: 'composite',
  d: 'domain',
  e: 'enum',
  p: 'pseudo',
  r: 'range',
  m: 'multirange',
};

export function assembleTypes(raw: RawCatalogue): PgType[] {
  const fields = groupBy(raw.columns, column => column.relation);
  return raw.types.map(type => assembleType(type, fields.get(type.relation) ?? []));
}

function assembleType(raw: RawType, columns: readonly CompositeField[]): PgType {
  const of = contentOf(raw);
  return {
    oid: raw.oid,
    schema: raw.schema,
    name: raw.name,
    kind: kindOf(raw),
    category: raw.category,
    ...(of !== undefined && { of }),
    ...(raw.kind === 'd' && { notNull: raw.required }),
    ...(raw.labels && { labels: raw.labels }),
    ...(raw.relation !== 0 && { relation: raw.relation }),
    ...(raw.relationKind === 'c' && { fields: columns.map(({ name, type }) => ({ name, type })) }),
  };
}

/** Category A is what Postgres itself calls an array; `typelem` alone is also set for `point` or `name`. */
function kindOf(raw: RawType): TypeKind {
  return raw.kind === 'b' && raw.category === 'A' && raw.element !== 0 ? 'array' : kinds[raw.kind];
}

function contentOf(raw: RawType): Oid | undefined {
  if (kindOf(raw) === 'array') return raw.element;
  if (raw.kind === 'd') return raw.base;
  return raw.subtype ?? undefined;
}
