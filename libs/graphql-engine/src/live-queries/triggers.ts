import { ident, literal, print, sql } from '@nself/pg-sql';
import type { QueryRunner, SessionVariables, Transaction } from '../executor';
import { CHANGES } from './change-feed';
import type { TableName } from './exposure';

const run = (tx: Transaction, statement: Parameters<typeof print>[0]): Promise<unknown> =>
  tx.query(print(statement).text);

const FUNCTION = ident('hdb_catalog', 'nself_announce_change');
const TRIGGER = ident('nself_announce_change');

/** Tells of a change of any family, for we know nothing of families in a database that is not ours. */
const announce = sql`
  create or replace function ${FUNCTION}() returns trigger
    language plpgsql
  as $announce$
  begin
    perform pg_notify(${literal(CHANGES)},
      json_build_object('table', tg_table_schema || '.' || tg_table_name, 'family', null)::text);
    return null;
  end $announce$`;

/**
 * Makes tables announce their changes, in one transaction. Instances that do so at the same time wait for each other;
 * a table that somebody holds locked for longer is left alone for now.
 *
 * @throws the database's error when the login does not own the tables, or a lock was not to be had
 */
export async function announceChanges(
  runner: QueryRunner,
  admin: SessionVariables,
  tables: readonly TableName[],
): Promise<void> {
  await runner.transaction(admin, async tx => {
    await run(tx, sql`set local lock_timeout = '1s'`);
    await run(tx, sql`select pg_advisory_xact_lock(hashtext('nself_announce_change'))`);
    await run(tx, sql`create schema if not exists ${ident('hdb_catalog')}`);
    await run(tx, announce);
    for (const { schema, name } of tables) {
      const table = ident(schema, name);
      await run(tx, sql`drop trigger if exists ${TRIGGER} on ${table}`);
      await run(
        tx,
        sql`
        create trigger ${TRIGGER} after insert or update or delete or truncate on ${table}
          for each statement execute function ${FUNCTION}()`,
      );
    }
  });
}
