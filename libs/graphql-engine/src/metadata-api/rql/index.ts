/**
 * Rows by JSON, as Hasura's first API had it: `select`, `count`, `insert`, `update`, `delete` on tracked tables, with
 * the permissions of whoever asks. They become the same nodes that GraphQL becomes, and go the same way from there.
 */
import { sourceCommand, sourceQuestion, type Command } from '../command';
import type { Aggregate } from '../../ir';
import type { TableModel } from '../../model';
import { columnOperand } from '../../schema';
import { Access } from './access';
import { runNode } from './run';
import { selectNode } from './select';
import { counting, deleting, inserting, selecting, updating } from './shapes';
import { whereOf } from './where';
import { deleteNode, insertNode, updateNode } from './write';

const select = sourceQuestion('select', selecting, ({ table: name, ...selection }, work) => {
  const access = new Access(work);
  return runNode(selectNode(selection, access.table(name), access), work);
});

const count = sourceQuestion('count', counting, async ({ table: name, distinct = [], where }, work) => {
  const access = new Access(work);
  const table = access.table(name);
  const condition = whereOf(where, table, access, '$.args.where');
  const node = countNode(table, access, distinct, access.visibleRows(table, condition));
  const { text } = await runNode(node, work);
  const { rows } = JSON.parse(text) as { rows: { count: number } };
  return { count: rows.count };
});

function countNode(
  table: TableModel,
  access: Access,
  distinct: readonly string[],
  where: Aggregate['where'],
): Aggregate {
  const operands = distinct.map((column, i) => {
    const readable = access.readable(table, column, `$.args.distinct[${i}]`);
    return columnOperand({ table, permission: access.select(table) }, readable);
  });
  const call = { function: 'count', arguments: [], distinct: false } as const;
  return {
    kind: 'aggregate',
    from: { kind: 'table', schema: table.schema, name: table.name },
    on: [],
    where,
    orderBy: [],
    distinctOn: operands,
    limits: [],
    fields: [
      { alias: 'rows', kind: 'sums', items: [{ alias: 'count', kind: 'call', call, stringify: false }] },
    ],
  };
}

const insert = sourceCommand('insert', inserting, async (given, work) => {
  const access = new Access(work);
  const table = access.table(given.table);
  if (given.objects.length > 0) return runNode(insertNode(given, table, access), work);
  return { affected_rows: 0, ...(given.returning !== undefined && { returning: [] }) };
});

const update = sourceCommand('update', updating, (given, work) => {
  const access = new Access(work);
  return runNode(updateNode(given, access.table(given.table), access), work);
});

const remove = sourceCommand('delete', deleting, (given, work) => {
  const access = new Access(work);
  return runNode(deleteNode(given, access.table(given.table), access), work);
});

/** Commands on rows: the only ones that a role other than the admin may use. */
export const rowCommands: readonly Command[] = [select, count, insert, update, remove];
