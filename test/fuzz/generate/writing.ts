import { columnOf, permissionOf, tables, type Column, type Relation, type Table } from '../domain';
import type { Random } from '../random';
import type {
  Changes,
  Conflict,
  DeleteKeyRoot,
  DeleteRoot,
  Field,
  InsertRoot,
  NewRow,
  UpdateKeyRoot,
  UpdateManyRoot,
  UpdateRoot,
} from '../request';
import { fieldsOf, keyFor } from './reading';
import { condition, valueFor, valueOrNull } from './values';

export function insert(table: Table, role: string, random: Random): InsertRoot {
  const one = Boolean(permissionOf(role, table).select) && random.chance(0.4);
  const rows = random.times(one ? 1 : random.below(4), () => newRow(table, role, random, []));
  return {
    kind: 'insert',
    table: table.name,
    one,
    rows,
    ...conflict(table, role, random),
    returning: returning(table, role, random, one),
  };
}

export function update(
  table: Table,
  role: string,
  random: Random,
): UpdateRoot | UpdateKeyRoot | UpdateManyRoot {
  const name = table.name;
  const kind = random.next();
  if (kind < 0.3) {
    return {
      kind: 'update-by-key',
      table: name,
      key: keyFor(table, random),
      changes: changes(table, role, random),
      returning: returning(table, role, random, true),
    };
  }
  const where = () => condition(table, role, random);
  if (kind < 0.75)
    return {
      kind: 'update',
      table: name,
      where: where(),
      changes: changes(table, role, random),
      returning: returning(table, role, random),
    };
  const updates = random.times(random.below(4), () => ({
    where: where(),
    changes: changes(table, role, random),
  }));
  return { kind: 'update-many', table: name, updates, returning: returning(table, role, random) };
}

export function remove(table: Table, role: string, random: Random): DeleteRoot | DeleteKeyRoot {
  if (random.chance(0.4))
    return {
      kind: 'delete-by-key',
      table: table.name,
      key: keyFor(table, random),
      returning: returning(table, role, random, true),
    };
  return {
    kind: 'delete',
    table: table.name,
    where: condition(table, role, random),
    returning: returning(table, role, random),
  };
}

function returning(table: Table, role: string, random: Random, needed = false): readonly Field[] {
  if (!permissionOf(role, table).select) return [];
  return needed || random.chance(0.8) ? fieldsOf(table, role, random, 1 + random.below(2)) : [];
}

/** Cells that the role may write and that nothing else decides; a key most of the time, so that rows are found again. */
function newRow(table: Table, role: string, random: Random, decided: readonly string[], depth = 2): NewRow {
  const related = depth === 0 ? [] : relatives(table, role, random, depth, decided);
  const derived = related.flatMap(({ relation }) => (relation.kind === 'object' ? [relation.from] : []));
  const taken = [...decided, ...derived];
  const writable = writableColumns(table, role).filter(({ name }) => !taken.includes(name));
  const given = writable.filter(column => !column.nullable || random.chance(0.7));
  const cells = Object.fromEntries(given.map(column => [column.name, cell(column, random)]));
  return {
    cells,
    related: related.map(({ relation, rows, clash }) => ({ name: relation.name, rows, ...clash })),
  };
}

function relatives(table: Table, role: string, random: Random, depth: number, decided: readonly string[]) {
  return table.relations
    .filter(({ target, computed }) => !computed && permissionOf(role, tables[target]).insert)
    .filter(() => random.chance(0.25))
    .filter(relation => relation.kind === 'array' || !decided.includes(relation.from))
    .map(relation => ({
      relation,
      rows: relatedRows(relation, role, random, depth),
      clash: conflict(tables[relation.target], role, random),
    }));
}

function relatedRows(relation: Relation, role: string, random: Random, depth: number): readonly NewRow[] {
  const target = tables[relation.target];
  if (relation.kind === 'object') return [newRow(target, role, random, [], depth - 1)];
  return random.times(1 + random.below(2), () => newRow(target, role, random, [relation.to], depth - 1));
}

function writableColumns(table: Table, role: string): readonly Column[] {
  const names = permissionOf(role, table).insert?.columns ?? [];
  return table.columns.filter(({ name }) => names.includes(name));
}

// New keys half of the time; references to rows that are likely to be there.
function cell(column: Column, random: Random) {
  if (column.name === 'id' && random.chance(0.6)) return 10 + random.below(1000);
  if (column.name.endsWith('_id')) return column.nullable && random.chance(0.3) ? null : random.below(7);
  return valueOrNull(column, random);
}

function conflict(table: Table, role: string, random: Random): { readonly conflict?: Conflict } {
  if (!random.chance(0.35)) return {};
  const columns = random.some(updatable(table, role)).map(({ name }) => name);
  const where =
    permissionOf(role, table).select && random.chance(0.3)
      ? { where: condition(table, role, random, 1) }
      : {};
  return { conflict: { columns, ...where } };
}

/** Keys stay: the order in which Postgres visits rows would decide whether a new key is free. */
function updatable(table: Table, role: string): readonly Column[] {
  const names = permissionOf(role, table).update?.columns ?? [];
  return table.columns.filter(({ name }) => names.includes(name) && !table.key.includes(name));
}

function changes(table: Table, role: string, random: Random): Changes {
  const [set, increment]: [Record<string, Changes['set'][string]>, Record<string, number>] = [{}, {}];
  for (const { name } of random.some(updatable(table, role))) {
    const column = columnOf(table, name);
    const adds = column.type === 'int' && !name.endsWith('_id') && random.chance(0.4);
    if (adds) increment[name] = random.below(5) - 2;
    else
      set[name] = name.endsWith('_id')
        ? random.below(7)
        : column.nullable
          ? valueOrNull(column, random)
          : valueFor(column, random);
  }
  return { set, increment };
}
