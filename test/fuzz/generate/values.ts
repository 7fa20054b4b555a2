import type { Column, Condition, Json, Row, Scalar, Table } from '../domain';
import { permissionOf, tables, type Relation } from '../domain';
import type { Random } from '../random';
import type { State } from '../reference';
import { withRows } from '../reference';
import { mayAggregate } from '../reference/read';

/** Small worlds on purpose: values meet each other often. */
export const letters = ['a', 'b', 'c', 'd', 'e'] as const;

export function valueFor(column: Column, random: Random): NonNullable<Scalar> {
  if (column.type === 'int') return random.below(10);
  return column.type === 'text' ? random.pick(letters) : random.chance(0.5);
}

export function valueOrNull(column: Column, random: Random): Scalar {
  return column.nullable && random.chance(0.15) ? null : valueFor(column, random);
}

/** Columns (and scalar computed fields) that the role may see. */
export function visibleColumns(table: Table, role: string): readonly Column[] {
  const names = permissionOf(role, table).select?.columns ?? [];
  return table.columns.filter(({ name }) => names.includes(name));
}

/** Relationships to tables that the role may see. */
export function visibleRelations(table: Table, role: string): readonly Relation[] {
  return table.relations.filter(({ target }) => permissionOf(role, tables[target]).select);
}

/** A condition that the role may ask. */
export function condition(table: Table, role: string, random: Random, depth = 2): Condition {
  const members = random.times(random.below(3) + (depth === 2 ? 0 : 1), () =>
    member(table, role, random, depth),
  );
  return Object.fromEntries(members);
}

function member(table: Table, role: string, random: Random, depth: number): readonly [string, Json] {
  const inner = () => condition(table, role, random, depth - 1);
  const kind = depth === 0 ? 0 : random.next();
  if (kind > 0.9) return ['_not', inner()];
  if (kind > 0.75) return [random.pick(['_and', '_or']), random.times(random.below(3), inner)];
  const relations = visibleRelations(table, role);
  const arrays = relations.filter(
    ({ kind: one, target, computed }) => one === 'array' && !computed && mayAggregate(role, tables[target]),
  );
  if (kind > 0.68 && arrays.length > 0) return count(random.pick(arrays), role, random, depth);
  if (kind > 0.5 && relations.length > 0) {
    const relation = random.pick(relations);
    return [relation.name, condition(tables[relation.target], role, random, depth - 1)];
  }
  const column = random.pick(visibleColumns(table, role));
  return [column.name, comparison(column, random)];
}

function count(
  { name, target }: Relation,
  role: string,
  random: Random,
  depth: number,
): readonly [string, Json] {
  const columns = visibleColumns(tables[target], role).filter(column => !column.computed);
  const predicate = { [random.pick(['_eq', '_gt', '_lte', '_neq'])]: random.below(4) };
  const filter = random.chance(0.5) && { filter: condition(tables[target], role, random, depth - 1) };
  const over = random.chance(0.4) && {
    arguments: random.some(columns, 1).map(one => one.name),
    distinct: random.chance(0.5),
  };
  return [`${name}_aggregate`, { count: { predicate, ...filter, ...over } }];
}

const operators = {
  int: ['_eq', '_neq', '_gt', '_gte', '_lt', '_lte', '_in', '_nin', '_is_null'],
  text: ['_eq', '_neq', '_gt', '_lt', '_like', '_in', '_nin', '_is_null'],
  bool: ['_eq', '_neq', '_in', '_is_null'],
} as const;

function comparison(column: Column, random: Random): Condition {
  const chosen = random.times(random.chance(0.15) ? 2 : 1, () => random.pick<string>(operators[column.type]));
  return Object.fromEntries(chosen.map(operator => [operator, right(operator, column, random)]));
}

function right(operator: string, column: Column, random: Random): Json {
  if (operator === '_is_null') return random.chance(0.5);
  if (operator === '_in' || operator === '_nin')
    return random.times(random.below(4), () => valueFor(column, random));
  return operator === '_like' ? `${random.pick(letters)}%` : valueFor(column, random);
}

/** Rows to begin with; references lead to rows that are there. */
export function firstState(random: Random, empty: State): State {
  const people = random
    .times(6, () => 0)
    .map((_, id): Row => ({
      id,
      name: random.chance(0.2) ? null : random.pick(letters),
      age: random.chance(0.2) ? null : random.below(10),
      boss_id: id === 0 || random.chance(0.3) ? null : random.below(id),
    }));
  const posts = random
    .times(8, () => 0)
    .map((_, id): Row => ({
      id,
      author_id: random.below(6),
      title: random.pick(letters),
      stars: random.chance(0.2) ? null : random.below(10),
      hidden: random.pick([true, false, null]),
    }));
  const tags = random.times(8, (): Row => ({
    post_id: random.below(8),
    label: random.pick(letters),
    weight: random.chance(0.2) ? null : random.below(10),
  }));
  return withRows(withRows(withRows(empty, tables.person, people), tables.post, posts), tables.tag, tags);
}
