import { tables, type Table } from '../domain';
import type { Random } from '../random';
import { mayAggregate } from '../reference/read';
import {
  directions,
  type AggregateRoot,
  type Call,
  type Field,
  type KeyRoot,
  type ListArguments,
  type ListRoot,
  type Order,
  type Sum,
} from '../request';
import { condition, valueFor, visibleColumns, visibleRelations } from './values';

export function list(table: Table, role: string, random: Random): ListRoot {
  return {
    kind: 'list',
    table: table.name,
    ...call(table, random),
    args: listArguments(table, role, random),
    fields: fieldsOf(table, role, random),
  };
}

export function byKey(table: Table, role: string, random: Random): KeyRoot {
  return {
    kind: 'by-key',
    table: table.name,
    key: keyFor(table, random),
    fields: fieldsOf(table, role, random),
  };
}

export function aggregate(table: Table, role: string, random: Random): AggregateRoot {
  const root = {
    kind: 'aggregate',
    table: table.name,
    ...call(table, random),
    args: listArguments(table, role, random),
    sums: sumsOf(table, role, random),
  } as const;
  return random.chance(0.5) ? { ...root, nodes: fieldsOf(table, role, random) } : root;
}

function call(table: Table, random: Random): { readonly call?: Call } {
  if (table.name !== 'person' || !random.chance(0.2)) return {};
  return { call: random.chance(0.7) ? { minimum: random.below(8) } : {} };
}

export function keyFor(table: Table, random: Random) {
  return Object.fromEntries(
    table.columns
      .filter(({ name }) => table.key.includes(name))
      .map(column => [column.name, valueFor(column, random)]),
  );
}

/** The order is always total, so that there is one right answer. */
export function listArguments(table: Table, role: string, random: Random): ListArguments {
  const distinctOn = random.chance(0.15)
    ? [random.pick(visibleColumns(table, role).filter(column => !column.computed)).name]
    : undefined;
  const first = (distinctOn ?? []).map((name): Order => ({
    path: [name],
    direction: random.pick(directions),
  }));
  const more = random.times(random.below(3), () => order(table, role, random));
  const key = table.key.map((name): Order => ({ path: [name], direction: 'asc' }));
  return {
    ...(random.chance(0.6) && { where: condition(table, role, random) }),
    orderBy: [...first, ...more, ...key],
    ...(distinctOn && { distinctOn }),
    ...(random.chance(0.25) && { limit: random.below(5) }),
    ...(random.chance(0.2) && { offset: random.below(3) }),
  };
}

function order(table: Table, role: string, random: Random): Order {
  const direction = random.pick(directions);
  const arrays = visibleRelations(table, role).filter(
    ({ kind, target }) => kind === 'array' && mayAggregate(role, tables[target]),
  );
  if (arrays.length > 0 && random.chance(0.2))
    return { path: [random.pick(arrays).name], count: true, direction };
  return { path: orderPath(table, role, random), direction };
}

function orderPath(table: Table, role: string, random: Random): readonly string[] {
  const objects = visibleRelations(table, role).filter(({ kind }) => kind === 'object');
  if (objects.length === 0 || random.chance(0.7)) return [random.pick(visibleColumns(table, role)).name];
  const relation = random.pick(objects);
  return [relation.name, ...orderPath(tables[relation.target], role, random)];
}

/** At least one field; what lies behind relationships gets shorter with depth. */
export function fieldsOf(table: Table, role: string, random: Random, depth = 2): readonly Field[] {
  const columns = random
    .some(visibleColumns(table, role), 1)
    .map(({ name }): Field => ({ kind: 'column', name }));
  if (depth === 0) return columns;
  const nested = visibleRelations(table, role).flatMap((relation): Field[] => {
    if (!random.chance(0.35)) return [];
    const target = tables[relation.target];
    const fields = fieldsOf(target, role, random, depth - 1);
    if (relation.kind === 'object') return [{ kind: 'object', name: relation.name, fields }];
    const args = listArguments(target, role, random);
    const sums = mayAggregate(role, target) && random.chance(0.4);
    return sums
      ? [{ kind: 'sums', name: relation.name, args, sums: sumsOf(target, role, random) }]
      : [{ kind: 'array', name: relation.name, args, fields }];
  });
  return [...columns, ...nested];
}

function sumsOf(table: Table, role: string, random: Random): readonly Sum[] {
  const all = visibleColumns(table, role);
  const columns = all.filter(column => !column.computed);
  const numbers = all.filter(({ type }) => type === 'int');
  const orderable = all.filter(({ type }) => type !== 'bool');
  return random.times(1 + random.below(2), (): Sum => {
    const kind = random.pick(['count', 'max', 'min', 'sum'] as const);
    if (kind === 'count')
      return { kind, columns: random.some(columns).map(({ name }) => name), distinct: random.chance(0.4) };
    return { kind, column: random.pick(kind === 'sum' ? numbers : orderable).name };
  });
}
