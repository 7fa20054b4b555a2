import { createHash } from 'node:crypto';
import { assemble } from './assemble';
import { Catalogue } from './catalogue';
import { introspection } from './queries';
import type { RawCatalogue } from './raw';
import type { QualifiedName } from './types';

/** What is needed of a database connection; `pg`'s clients and pools have it. */
export interface CatalogueReader {
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/**
 * Reads the catalogue of Postgres 13 to 18 by one statement.
 *
 * It needs no more rights than a login has; what the login may not see by Postgres's own rules (nothing, in the
 * system catalogue) does not matter here.
 */
export async function readCatalogue(reader: CatalogueReader): Promise<Catalogue> {
  const { rows } = await reader.query<{ catalogue: string }>(introspection);
  const text = rows[0]?.catalogue;
  if (text === undefined) throw new Error('Postgres answered no catalogue.');
  const mark = createHash('sha256').update(text).digest('base64url');
  return new Catalogue({ mark, ...assemble(JSON.parse(text) as RawCatalogue) });
}

/** A row of a table that holds the values of an enum: the value, and what it means. */
export interface EnumRow {
  readonly value: string;
  readonly comment: string | null;
}

const quote = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;

/**
 * The values of an enum table, in the order of their values.
 * @param valueColumn its primary key, of a text type
 * @param commentColumn its other column, when it has one
 */
export async function readEnumRows(
  reader: CatalogueReader,
  table: QualifiedName,
  valueColumn: string,
  commentColumn: string | undefined,
): Promise<EnumRow[]> {
  const comment = commentColumn === undefined ? 'null' : `${quote(commentColumn)}::text`;
  const text =
    `select ${quote(valueColumn)}::text as value, ${comment} as comment` +
    ` from ${quote(table.schema)}.${quote(table.name)} order by 1`;
  return (await reader.query<EnumRow>(text)).rows;
}
