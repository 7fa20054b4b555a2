import { ELDER, tables, type Row } from '../domain';
import type { AggregateRoot, Field, ListRoot, Request, Root } from '../request';
import { meets, type View } from './condition';
import { arranged, shown, summed, visibleRows, type Answer } from './read';
import { Refused, type State } from './state';
import { changesNothing, deleteRows, insertTree, updateRows, type Done } from './write';

/** What the engine should say, and what should be in the tables afterwards. */
export type Verdict =
  | { readonly kind: 'answer'; readonly data: Readonly<Record<string, Answer>>; readonly state: State }
  | { readonly kind: 'refused'; readonly reason: string };

/** The slow way to an answer: permissions, conditions and writes in TypeScript, over rows in memory. */
export function answer(request: Request, state: State): Verdict {
  try {
    let now = state;
    const data: Record<string, Answer> = {};
    request.roots.forEach((root, at) => {
      const [value, next] = answerRoot(root, { ...request, state: now });
      data[`r${at}`] = value;
      now = next;
    });
    return { kind: 'answer', data, state: now };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function answerRoot(root: Root, view: View): readonly [Answer, State] {
  const table = tables[root.table];
  switch (root.kind) {
    case 'list':
    case 'by-key':
    case 'aggregate':
      return [read(root, view), view.state];
    case 'insert': {
      const done = insertTree(table, root.rows, root.conflict, {}, view);
      return root.one ? single(done, root, view) : response(done, root, view);
    }
    case 'update':
      return response(updateRows(table, root.where, root.changes, view), root, view);
    case 'update-by-key':
      return changesNothing(table, root.changes, view)
        ? [{}, view.state]
        : single(updateRows(table, condition(root.key), root.changes, view), root, view);
    case 'update-many':
      return updateMany(root, view);
    case 'delete':
      return response(deleteRows(table, root.where, view), root, view);
    case 'delete-by-key':
      return single(deleteRows(table, condition(root.key), view), root, view);
  }
}

function read(root: Extract<Root, { kind: 'list' | 'by-key' | 'aggregate' }>, view: View): Answer {
  const table = tables[root.table];
  if (root.kind === 'by-key') {
    const row = visibleRows(table, view).find(
      one => meets(condition(root.key), table, one, view, 'client') === true,
    );
    return row ? shown(root.fields, table, row, view) : null;
  }
  const found = arranged(sourceRows(root, view), table, root.args, view);
  if (root.kind === 'list') return found.map(row => shown(root.fields, table, row, view));
  const { nodes } = root;
  const aggregate = summed(root.sums, table, found, view);
  return nodes ? { aggregate, nodes: found.map(row => shown(nodes, table, row, view)) } : { aggregate };
}

function sourceRows({ table, call }: ListRoot | AggregateRoot, view: View): readonly Row[] {
  const rows = visibleRows(tables[table], view);
  if (!call) return rows;
  const { minimum = ELDER } = call;
  return rows.filter(({ age }) => typeof age === 'number' && age >= minimum);
}

interface Telling {
  readonly table: Root['table'];
  readonly returning: readonly Field[];
}

/** Relatives are shown as they are after the statement; the rows themselves as it left them. */
function response(done: Done, { table, returning }: Telling, view: View): readonly [Answer, State] {
  const after = { ...view, state: done.state };
  const rows = done.rows.map(row => shown(returning, tables[table], row, after));
  return [
    returning.length > 0 ? { affected_rows: done.count, returning: rows } : { affected_rows: done.count },
    done.state,
  ];
}

function single(done: Done, { table, returning }: Telling, view: View): readonly [Answer, State] {
  const [row] = done.rows;
  return [row ? shown(returning, tables[table], row, { ...view, state: done.state }) : null, done.state];
}

function updateMany(root: Extract<Root, { kind: 'update-many' }>, view: View): readonly [Answer, State] {
  let { state } = view;
  const answers = root.updates.map(({ where, changes }) => {
    const [value, next] = response(
      updateRows(tables[root.table], where, changes, { ...view, state }),
      root,
      view,
    );
    state = next;
    return value;
  });
  return [answers, state];
}

function condition(key: Extract<Root, { kind: 'by-key' }>['key']) {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, { _eq: value }]));
}

export { empty, Refused, rowsOf, tableNames, withRows, type State } from './state';
export type { Answer } from './read';
