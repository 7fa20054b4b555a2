import {
  ME,
  permissionOf,
  relationOf,
  tables,
  type Condition,
  type Permission,
  type Row,
  type Scalar,
  type Table,
} from '../domain';
import type { Changes, Conflict, NewRow } from '../request';
import { meets, type View } from './condition';
import { complete, holdTogether, keyOf, Refused, rowsOf, withoutRows, withRows, type State } from './state';

type Cells = Readonly<Record<string, Scalar>>;

/** What a mutation has done so far. */
export interface Done {
  readonly state: State;
  /** Rows of the root field's own table, as they were written. */
  readonly rows: readonly Row[];
  /** With relatives. */
  readonly count: number;
}

/** Rows with their relatives, in Hasura's order: objects before, the row, then what points to it. */
export function insertTree(
  table: Table,
  rows: readonly NewRow[],
  conflict: Conflict | undefined,
  given: Cells,
  view: View,
): Done {
  if (rows.every(({ related }) => related.length === 0)) {
    return insertRows(
      table,
      rows.map(({ cells }) => ({ ...given, ...cells })),
      conflict,
      view,
    );
  }
  let done: Done = { state: view.state, rows: [], count: 0 };
  for (const row of rows) {
    const one = insertOne(table, row, conflict, given, { ...view, state: done.state });
    done = { state: one.state, rows: [...done.rows, ...one.rows], count: done.count + one.count };
  }
  return done;
}

function insertOne(
  table: Table,
  row: NewRow,
  conflict: Conflict | undefined,
  given: Cells,
  view: View,
): Done {
  const kindOf = (name: string) => relationOf(table, name).kind;
  let { state } = view;
  let count = 0;
  const derived: Record<string, Scalar> = {};
  for (const { name, rows, conflict: clash } of row.related.filter(one => kindOf(one.name) === 'object')) {
    const relation = relationOf(table, name);
    const object = insertOne(tables[relation.target], rows[0] as NewRow, clash, {}, { ...view, state });
    const [written] = object.rows;
    if (!written) throw new Refused(`no object ${name}`);
    derived[relation.from] = written[relation.to] ?? null;
    state = object.state;
    count += object.count;
  }
  const own = insertRows(table, [{ ...given, ...derived, ...row.cells }], conflict, { ...view, state });
  state = own.state;
  count += own.count;
  for (const { name, rows, conflict: clash } of row.related.filter(one => kindOf(one.name) === 'array')) {
    const [written] = own.rows;
    if (!written) throw new Refused(`nothing that ${name} could point to`);
    const relation = relationOf(table, name);
    const more = insertTree(
      tables[relation.target],
      rows,
      clash,
      { [relation.to]: written[relation.from] ?? null },
      { ...view, state },
    );
    state = more.state;
    count += more.count;
  }
  return { state, rows: own.rows, count };
}

/** One `insert` statement. */
function insertRows(table: Table, rows: readonly Cells[], conflict: Conflict | undefined, view: View): Done {
  const permission = permissionOf(view.role, table);
  const presets = filled(permission.insert?.set ?? {}, view.user);
  const touched = new Map<string, Row>();
  let { state } = view;
  for (const cells of rows) {
    const row = complete(table, { ...cells, ...presets });
    const key = keyOf(table, row);
    const there = state[table.name].get(key);
    const written = there
      ? clash(table, row, there, conflict, { touched, view })
      : inserted(table, row, view);
    if (!written) continue;
    touched.set(key, written);
    state = withRows(state, table, [written]);
  }
  holdTogether(state);
  return { state, rows: [...touched.values()], count: touched.size };
}

function inserted(table: Table, row: Row, view: View): Row {
  demand(permissionOf(view.role, table).insert?.check ?? {}, table, row, view);
  return row;
}

interface Clash {
  readonly touched: ReadonlyMap<string, Row>;
  readonly view: View;
}

function clash(
  table: Table,
  row: Row,
  there: Row,
  conflict: Conflict | undefined,
  { touched, view }: Clash,
): Row | undefined {
  if (!conflict) throw new Refused('there is such a row');
  const update = permissionOf(view.role, table).update;
  if (conflict.columns.length === 0 || !update) return undefined;
  if (touched.has(keyOf(table, row))) throw new Refused('a row cannot be updated twice by one statement');
  const allowed = meets(update.filter, table, there, view, 'permission') === true;
  const wanted = !conflict.where || meets(conflict.where, table, there, view, 'client') === true;
  if (!allowed || !wanted) return undefined;
  const taken = Object.fromEntries(conflict.columns.map(name => [name, row[name] ?? null]));
  const next = complete(table, { ...there, ...taken, ...filled(update.set, view.user) });
  demand(update.check, table, next, view);
  return next;
}

/** Neither the client nor the permission gives any column. */
export function changesNothing(table: Table, { set, increment }: Changes, { role }: View): boolean {
  const presets = permissionOf(role, table).update?.set ?? {};
  return [set, increment, presets].every(one => Object.keys(one).length === 0);
}

/** One `update` statement. */
export function updateRows(table: Table, where: Condition, changes: Changes, view: View): Done {
  const update = permissionOf(view.role, table).update as NonNullable<Permission['update']>;
  if (changesNothing(table, changes, view)) return { state: view.state, rows: [], count: 0 };
  const rows = reached(table, update.filter, where, view).map(row => {
    const more = Object.entries(changes.increment).map(([name, by]) => [name, added(row[name] ?? null, by)]);
    const next = complete(table, {
      ...row,
      ...changes.set,
      ...Object.fromEntries(more),
      ...filled(update.set, view.user),
    });
    demand(update.check, table, next, view);
    return next;
  });
  const state = withRows(view.state, table, rows);
  holdTogether(state);
  return { state, rows, count: rows.length };
}

const added = (value: Scalar, by: number): Scalar => (value === null ? null : Number(value) + by);

/** One `delete` statement. Tags go with their post. */
export function deleteRows(table: Table, where: Condition, view: View): Done {
  const filter = permissionOf(view.role, table).delete?.filter ?? {};
  const rows = reached(table, filter, where, view);
  const gone = new Set(table.name === 'post' ? rows.map(({ id }) => id) : []);
  const tags = rowsOf(view.state, 'tag').filter(({ post_id }) => gone.has(post_id ?? null));
  const state = withoutRows(withoutRows(view.state, table, rows), tables.tag, tags);
  holdTogether(state);
  return { state, rows, count: rows.length };
}

function reached(table: Table, filter: Condition, where: Condition, view: View): readonly Row[] {
  return rowsOf(view.state, table.name).filter(
    row =>
      meets(filter, table, row, view, 'permission') === true &&
      meets(where, table, row, view, 'client') === true,
  );
}

function demand(check: Condition, table: Table, row: Row, view: View): void {
  if (meets(check, table, row, view, 'permission') !== true)
    throw new Refused('the check of a permission failed');
}

function filled(set: Cells, user: number): Cells {
  return Object.fromEntries(Object.entries(set).map(([name, value]) => [name, value === ME ? user : value]));
}
