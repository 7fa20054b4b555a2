import { literal, sql, type Sql } from '@nself/pg-sql';

/**
 * How a statement refuses: it asks for a setting that cannot exist. Postgres then ends the transaction with an error
 * that names the setting in every language, no function has to be installed in the user's database, and the executor
 * finds what to tell the client under that name in the statement's `refusals`.
 */
export type RefusalName = 'check' | 'nothing';

export function refuse(name: RefusalName): Sql {
  return sql`current_setting(${literal(`nself.refuse_${name}`)})`;
}
