/**
 * `run_sql`: any script, and metadata that follows what it did.
 *
 * What the script renamed is renamed in metadata; what it dropped is dropped there too, unless something else depends
 * on it and `cascade` was not given; a column whose type is part of somebody's permission keeps its type. Tables
 * and columns are recognised by Postgres's own numbers, so that a rename is not a drop and a new thing.
 */
import { boolean, flag, object, optional, required, text } from '@nself/hasura-metadata';
import { EngineError, fromDatabase, type Transaction } from '../../executor';
import { sourceCommand } from '../command';
import { dependencies, dropAll, dropFunction, dropTable, refuseDependents } from '../dependencies';
import type { Workspace } from '../workspace';
import { changesBetween, type Changes } from './changes';
import { refuseChanges } from './refuse';
import { followed } from './follow';

const running = object('RunSQL', {
  sql: required(text),
  source: optional(text),
  cascade: flag(boolean),
  check_metadata_consistency: optional(boolean),
  read_only: flag(boolean),
});

interface Result {
  readonly result_type: 'TuplesOk' | 'CommandOk';
  readonly result: readonly (readonly (string | null)[])[] | null;
}

export const runSql = sourceCommand('run_sql', running, async (given, work) => {
  const { sql, cascade = false, read_only: readOnly = false } = given;
  const before = work.state.catalogue;
  const result = await execute(sql, readOnly, work);
  const after = await work.readCatalogue();
  if (given.check_metadata_consistency ?? mayChangeStructure(sql)) {
    await follow(changesBetween(before, after, work.metadata), cascade, work);
  } else if (after.mark !== before.mark) {
    await work.accept(work.metadata);
  }
  return result;
});

/** Hasura's rule: only these words can change what metadata speaks of. */
const mayChangeStructure = (sql: string): boolean =>
  /\b(alter|drop|replace|create\s+function|comment\s+on)\b/i.test(sql);

/** What follows needs a transaction; where the script left the first one open, Postgres only warns of the second. */
const mayEndTransaction = (sql: string): boolean => /\b(commit|rollback|end|abort)\b/i.test(sql);

async function execute(sql: string, readOnly: boolean, { transaction }: Workspace): Promise<Result> {
  try {
    const answer = readOnly ? await readOnce(sql, transaction) : await transaction.script(sql);
    if (mayEndTransaction(sql)) await transaction.script('begin');
    if (!answer) return { result_type: 'CommandOk', result: null };
    return { result_type: 'TuplesOk', result: [answer.columns, ...answer.rows] };
  } catch (error) {
    throw sqlError(error, sql);
  }
}

/** In a part of the transaction that may only read: what a bulk does afterwards may write again. */
async function readOnce(sql: string, transaction: Transaction) {
  await transaction.script('savepoint reading; set transaction read only');
  const answer = await transaction.script(sql);
  // A script that ended the transaction has ended this part of it too.
  const state = await transaction.script('show transaction_read_only');
  if (state?.rows[0]?.[0] === 'on') await transaction.script('release savepoint reading');
  return answer;
}

/** Postgres's words go to the admin, who wrote the statement. */
function sqlError(error: unknown, statement: string): EngineError {
  const { internal: details } = fromDatabase(error, '$.args');
  const internal = { arguments: [], ...(details as object | undefined), prepared: false, statement };
  return new EngineError('postgres-error', 'query execution failed', { path: '$.args', internal });
}

async function follow(changes: Changes, cascade: boolean, work: Workspace): Promise<void> {
  const { metadata, model } = work;
  const edges = dependencies(work.state);
  refuseChanges(changes, edges, work);
  const dependents = changes.dependents(edges);
  refuseDependents(metadata, dependents, cascade);
  const dropped = dropAll(metadata, dependents);
  const withoutTables = changes.droppedTables.reduce(dropTable, dropped);
  const remaining = changes.droppedFunctions.reduce(dropFunction, withoutTables);
  await work.acceptWithout(followed(remaining, model, changes));
}
