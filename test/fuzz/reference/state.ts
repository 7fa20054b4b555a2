import { tables, type Row, type Scalar, type Table, type TableName } from '../domain';

/** All rows, by table and key. Never changed in place: what a statement reads stays as it was when it began. */
export type State = Readonly<Record<TableName, ReadonlyMap<string, Row>>>;

export const empty: State = { person: new Map(), post: new Map(), tag: new Map() };

export const keyOf = (table: Table, row: Row): string =>
  JSON.stringify(table.key.map(name => row[name] ?? null));

export function rowsOf(state: State, table: TableName): readonly Row[] {
  return [...state[table].values()];
}

export function withRows(state: State, table: Table, rows: readonly Row[]): State {
  const next = new Map(state[table.name]);
  for (const row of rows) next.set(keyOf(table, row), row);
  return { ...state, [table.name]: next };
}

export function withoutRows(state: State, table: Table, rows: readonly Row[]): State {
  const next = new Map(state[table.name]);
  for (const row of rows) next.delete(keyOf(table, row));
  return { ...state, [table.name]: next };
}

/** What ends a request without an effect. */
export class Refused extends Error {}

/** What Postgres looks at when a statement ends: every foreign key leads somewhere. */
export function holdTogether(state: State): void {
  leads(state, 'person', 'boss_id', 'person');
  leads(state, 'post', 'author_id', 'person');
  leads(state, 'tag', 'post_id', 'post');
}

function leads(state: State, from: TableName, column: string, to: TableName): void {
  const targets = new Set(rowsOf(state, to).map(({ id }) => id));
  const lost = rowsOf(state, from).find(row => row[column] !== null && !targets.has(row[column] ?? null));
  if (lost) throw new Refused(`${from}.${column} leads nowhere`);
}

/** A column that is not given is null. @throws Refused where the column cannot be. */
export function complete(table: Table, cells: Readonly<Record<string, Scalar>>): Row {
  const stored = table.columns.filter(column => !column.computed);
  const row = Object.fromEntries(stored.map(({ name }) => [name, cells[name] ?? null]));
  const missing = stored.find(({ name, nullable }) => !nullable && row[name] === null);
  if (missing) throw new Refused(`${table.name}.${missing.name} is null`);
  return row;
}

/** The tables in which rows can be looked at. */
export const tableNames = Object.keys(tables) as TableName[];
