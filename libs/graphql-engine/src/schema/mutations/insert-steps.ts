import type { Cell, Insert, Keep, KeptCell, KeptRow, Step, TableSource } from '../../ir';
import type { TableModel } from '../../model';
import { invalid } from '../../planner';
import { defaultCell, presetParams } from './columns';
import { hasRelatives, type NewRow, type NewRows, type RelatedRows } from './new-rows';
import { quoted, quotedList } from './nouns';

/** Columns whose values come from a row of another table, which an earlier step wrote and kept. */
type Derived = ReadonlyMap<string, KeptCell>;

interface Place {
  readonly path: string;
  /** Columns that the parent row decides. */
  readonly given: Derived;
  /** Slots from here on are free. */
  readonly free: number;
  /** Whether the rows belong to the answer. */
  readonly rows: boolean;
}

const nothing: Derived = new Map();

/**
 * Puts a tree of new rows in Hasura's order: of each row first the objects that it points to, then the row, then what
 * points to it. Rows without relatives are one step together. The column values that one row lends another stay in the
 * database: the lending step keeps its row in a slot, the borrowing cell names slot and column.
 */
export function insertSteps(rows: NewRows, path: string): readonly Step[] {
  return stepsOf(rows, { path, given: nothing, free: 0, rows: true });
}

function stepsOf(batch: NewRows, place: Place): readonly Step[] {
  if (batch.rows.length === 0) return [];
  if (hasRelatives(batch)) {
    return batch.rows.flatMap((row, at) => rowSteps(batch, row, { ...place, path: `${place.path}[${at}]` }));
  }
  batch.rows.forEach((row, at) => refuseGiven(row, place.given, `${place.path}[${at}]`));
  const keep = keeping(batch.table, { rows: place.rows });
  return inPortions(batch).map(rows => step(batch, rows, place.given, place.path, keep));
}

/** Postgres counts the parameters of a statement with sixteen bits. */
const PARAMETERS = 60_000;

function inPortions({ table, rows }: NewRows): readonly (readonly NewRow[])[] {
  const size = Math.max(1, Math.floor(PARAMETERS / table.columns.size));
  const count = Math.ceil(rows.length / size);
  return Array.from({ length: count }, (_, at) => rows.slice(at * size, (at + 1) * size));
}

function rowSteps(batch: NewRows, given: NewRow, place: Place, wanted?: KeptRow): readonly Step[] {
  refuseGiven(given, place.given, place.path);
  const [before, after] = inOrder(given.related);
  before.forEach(related => refuseDetermined(given, related, place));
  const objects = before.map((related, at) => objectSteps(related, place.path, place.free + at));
  const own = wanted?.slot ?? place.free + before.length;
  const derived = new Map([...objects.flatMap(({ derived: columns }) => [...columns]), ...place.given]);
  const parent = parentRow(batch.table, own, after, place.path);
  const row =
    parent && wanted ? { ...parent, columns: [...wanted.columns, ...parent.columns] } : (parent ?? wanted);
  const keep = keeping(batch.table, { rows: place.rows, ...(row && { row }) });
  const free = Math.max(own, place.free + before.length) + 1;
  return [
    ...objects.flatMap(({ steps }) => steps),
    step(batch, [given], derived, place.path, keep),
    ...after.flatMap(related => relatedSteps(batch.table, related, { ...place, free }, own)),
  ];
}

function inOrder(
  related: readonly RelatedRows[],
): readonly [before: readonly RelatedRows[], after: readonly RelatedRows[]] {
  const isBefore = ({ relationship }: RelatedRows) =>
    relationship.kind === 'object' && relationship.insertionOrder === 'before_parent';
  return [related.filter(isBefore), related.filter(one => !isBefore(one))];
}

/** The object that a row points to. It must end up in its slot, or the row has nothing to point to. */
function objectSteps(
  related: RelatedRows,
  path: string,
  slot: number,
): { steps: readonly Step[]; derived: Derived } {
  const { relationship, table } = related;
  const at = `${path}.${relationship.name}`;
  const place = { path: `${at}.data`, given: nothing, free: slot + 1, rows: false };
  const message = `cannot proceed to insert object relation "${relationship.name}" since insert to table ${quoted(table)} affects zero rows`;
  const columns = relationship.columns.map(([, to]) => to);
  const wanted: KeptRow = { slot, columns, whenNothing: { code: 'not-supported', message, path: at } };
  const steps = related.rows.flatMap(row => rowSteps(related, row, place, wanted));
  const derived = relationship.columns.map(([from, to]) => [from, kept(table, slot, to)] as const);
  return { steps, derived: new Map(derived) };
}

/** What points to a row that is there by now. */
function relatedSteps(parent: TableModel, related: RelatedRows, place: Place, slot: number): readonly Step[] {
  const given = related.relationship.columns.map(([from, to]) => [to, kept(parent, slot, from)] as const);
  const path = `${place.path}.${related.relationship.name}.data`;
  return stepsOf(related, { path, given: new Map(given), free: place.free, rows: false });
}

/** What the rows after a row need of it. */
function parentRow(
  table: TableModel,
  slot: number,
  after: readonly RelatedRows[],
  path: string,
): KeptRow | undefined {
  if (after.length === 0) return undefined;
  const columns = after.flatMap(({ relationship }) => relationship.columns.map(([from]) => from));
  const message = `cannot proceed to insert array relations since insert to table ${quoted(table)} affects zero rows`;
  return { slot, columns, whenNothing: { code: 'not-supported', message, path } };
}

/** A domain may forbid null, also where a row is kept without that column. */
export function keeping(table: TableModel, keep: Omit<Keep, 'inPart'>): Keep {
  return { ...keep, inPart: [...table.columns.values()].every(({ domain }) => !domain) };
}

function step(batch: NewRows, rows: readonly NewRow[], derived: Derived, path: string, keep: Keep): Step {
  const presets = presetParams(batch.table, batch.permission.set);
  const given = rows.map(row => new Map<string, Cell>([...derived, ...row.cells, ...presets]));
  const columns = columnsOf(batch.table, given);
  const cells = given.map(row => columns.map(column => row.get(column) ?? defaultCell));
  const { table, onConflict, permission } = batch;
  const change: Insert = {
    kind: 'insert',
    into: source(table),
    columns,
    rows: cells,
    onConflict,
    check: permission.check,
  };
  return { change, path, keep };
}

/** In table order. Rows that say nothing still need one column to say it about. */
function columnsOf(table: TableModel, rows: readonly ReadonlyMap<string, Cell>[]): readonly string[] {
  const all = [...table.columns.keys()];
  const given = all.filter(column => rows.some(row => row.has(column)));
  return given.length > 0 ? given : all.slice(0, 1);
}

function refuseGiven(row: NewRow, given: Derived, path: string): void {
  const both = [...row.cells.keys()].filter(column => given.has(column));
  if (both.length === 0) return;
  throw invalid(
    path,
    `cannot insert ${quotedList(both)} columns as their values are already being determined by parent insert`,
  );
}

function refuseDetermined(row: NewRow, { relationship }: RelatedRows, place: Place): void {
  const both = relationship.columns
    .map(([from]) => from)
    .filter(from => row.cells.has(from) || place.given.has(from));
  if (both.length === 0) return;
  const what = `cannot insert object relationship "${relationship.name}" as ${quotedList(both)}`;
  throw invalid(`${place.path}.${relationship.name}`, `${what} column values are already determined`);
}

const kept = (table: TableModel, slot: number, column: string): KeptCell => ({
  kind: 'kept',
  slot,
  table: source(table),
  column,
});

export const source = ({ schema, name }: TableModel): TableSource => ({ kind: 'table', schema, name });
