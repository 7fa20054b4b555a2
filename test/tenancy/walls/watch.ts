import type { Client } from 'pg';

/** The setting in which a transaction finds the tables of the neighbours that it touched. */
export const TOUCHED = 'walls.touched';

/** Rows that belong to the neighbours: of this table, those whose column has this value. */
export interface Belonging {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

/**
 * Lets the database itself note every insert, update and delete that meets a row of the neighbours, whoever makes it
 * and on whichever way: triggers see what foreign keys, other triggers and functions do as well.
 */
export async function watch(client: Client, belongings: readonly Belonging[]): Promise<void> {
  await client.query(`
    create schema walls;
    create function walls.note() returns trigger language plpgsql as $$
    begin
      perform set_config('${TOUCHED}',
        concat_ws(' ', nullif(current_setting('${TOUCHED}', true), ''), tg_table_schema || '.' || tg_table_name), true);
      return null;
    end $$`);
  for (const belonging of belongings) await client.query(triggersFor(belonging));
}

function triggersFor({ table, column, value }: Belonging): string {
  const [before, after] = [`old.${column} = '${value}'`, `new.${column} = '${value}'`];
  const conditions = { insert: after, delete: before, update: `${before} or ${after}` };
  return Object.entries(conditions)
    .map(
      ([verb, condition]) => `create trigger walls_note_${verb} after ${verb} on ${table}
        for each row when (${condition}) execute function walls.note()`,
    )
    .join(';\n');
}
