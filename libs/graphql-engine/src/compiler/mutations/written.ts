import { ident, literal, sql, type Sql } from '@nself/pg-sql';
import type { KeptCell, TableSource, WrittenSource } from '../../ir';

/**
 * What the steps of a mutation leave for each other lives in settings that end with the transaction: rows as Postgres
 * itself writes them as text, which it reads back without loss, whatever the types of their columns. Nothing here is
 * ever set by a client: it is written before it is read, in the same transaction.
 */
export const settings = {
  /** Rows of the answer, as an array of the table's row type. */
  rows: 'nself.rows',
  /** How many rows were written, relatives included. */
  count: 'nself.count',
  /** JSON of the answers so far, in a list of mutations. */
  answers: 'nself.answers',
} as const;

export const slotSetting = (slot: number): string => `nself.row_${slot}`;

export function keep(setting: string, value: Sql): Sql {
  return sql`set_config(${literal(setting)}, ${value}, true)`;
}

export function recall(setting: string): Sql {
  return sql`current_setting(${literal(setting)})`;
}

/** Name of the part of a statement that writes. */
export const written = ident('written');

/** The rows that this mutation wrote, as something to select from. */
export function writtenRows({ by, schema, name }: WrittenSource): Sql {
  if (by === 'this-statement') return written;
  return sql`unnest(${recall(settings.rows)}::${ident(schema, name)}[])`;
}

/** A column of a kept row. */
export function keptColumn({ slot, table, column }: KeptCell): Sql {
  return sql`(${recall(slotSetting(slot))}::${rowType(table)}).${ident(column)}`;
}

export function rowType({ schema, name }: TableSource): Sql {
  return ident(schema, name);
}
