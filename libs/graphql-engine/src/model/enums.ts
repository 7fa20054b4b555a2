import type { TableMetadata } from '@nself/hasura-metadata';
import {
  readEnumRows,
  type Catalogue,
  type CatalogueReader,
  type Column,
  type EnumRow,
  type Table,
} from '@nself/pg-catalog';
import { ModelFault } from './fault';
import { bareName, englishList, quoted, quotedName, reasonsText, typeText } from './text';
import { tableKey, type EnumValue, type TableKey } from './types';

/** What was found in the enum tables: their values, or why they cannot be enums. */
export type EnumRows = ReadonlyMap<TableKey, readonly EnumValue[] | ModelFault>;

/**
 * Reads and checks the tables that metadata calls enums: one text column as primary key, at most one more text
 * column as comment, at least one row, and values that GraphQL can say.
 */
export async function readEnums(
  reader: CatalogueReader,
  catalogue: Catalogue,
  tables: readonly TableMetadata[],
): Promise<EnumRows> {
  const found = new Map<TableKey, readonly EnumValue[] | ModelFault>();
  for (const { table: name, is_enum } of tables) {
    const table = is_enum && catalogue.table(name);
    if (table) found.set(tableKey(name.schema, name.name), await readEnum(reader, catalogue, table));
  }
  return found;
}

async function readEnum(
  reader: CatalogueReader,
  catalogue: Catalogue,
  table: Table,
): Promise<readonly EnumValue[] | ModelFault> {
  const shape = enumShape(catalogue, table);
  const rows = shape.value ? await rowsOf(reader, table, shape.value, shape.comment) : [];
  const reasons = [...shape.reasons, ...(shape.value ? rowFaults(rows) : [])];
  if (Array.isArray(rows) && reasons.length === 0) {
    return rows.map(({ value, comment }) => ({ value, ...(comment !== null && { comment }) }));
  }
  return new ModelFault(`the table ${quotedName(table)} cannot be used as an enum ${reasonsText(reasons)}`);
}

interface EnumShape {
  /** Names of the columns, when they could be found. */
  readonly value?: string;
  readonly comment?: string;
  readonly reasons: readonly string[];
}

function enumShape(catalogue: Catalogue, table: Table): EnumShape {
  const isText = (column: Column) => catalogue.type(column.type).name === 'text';
  const wrongType = (what: string, column: Column) => {
    const given = quoted(typeText(catalogue.type(column.type).name));
    return `the table’s ${what} (${quoted(column.name)}) must have type "text", not type ${given}`;
  };
  const key = table.columns.filter(({ name }) => table.primaryKey?.columns.includes(name));
  const [value] = key;
  const reasons: string[] = [];
  if (!value) reasons.push('the table must have a primary key');
  else if (key.length > 1)
    reasons.push(`the table’s primary key must not span multiple columns (${names(key)})`);
  else if (!isText(value)) reasons.push(wrongType('primary key', value));
  const usable = reasons.length === 0 ? value : undefined;
  const others = table.columns.filter(column => column !== usable);
  const [comment] = others;
  if (others.length > 1) reasons.push(tooMany(others));
  else if (comment && !isText(comment)) reasons.push(wrongType('comment column', comment));
  return {
    ...(usable && { value: usable.name }),
    ...(others.length === 1 && comment && isText(comment) && { comment: comment.name }),
    reasons,
  };
}

const names = (columns: readonly Column[]) =>
  columns
    .map(({ name }) => name)
    .sort()
    .join(', ');

const tooMany = (columns: readonly Column[]) =>
  'the table must have exactly one primary key and optionally one comment column, ' +
  `not ${columns.length} columns (${names(columns)})`;

/** The rows, or nothing where they cannot be read: somebody else's table, a server that is away. */
async function rowsOf(
  reader: CatalogueReader,
  table: Table,
  value: string,
  comment: string | undefined,
): Promise<readonly EnumRow[] | 'unreadable'> {
  try {
    return await readEnumRows(reader, table, value, comment);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 'unreadable';
    throw error;
  }
}

function rowFaults(rows: readonly EnumRow[] | 'unreadable'): string[] {
  if (rows === 'unreadable') return ['its rows cannot be read'];
  const values = rows.map(({ value }) => value);
  if (values.length === 0) return ['the table must have at least one row'];
  const bad = values
    .filter(value => !isEnumName(value))
    .sort()
    .map(quoted);
  if (bad.length === 0) return [];
  if (bad.length === 1) return [`the value ${bad[0]} is not a valid GraphQL enum value name`];
  return [`the values ${englishList(bad)} are not valid GraphQL enum value names`];
}

const isEnumName = (value: string) =>
  /^[_A-Za-z][_0-9A-Za-z]*$/.test(value) && !['true', 'false', 'null'].includes(value);

/**
 * The enum tables that single columns of a table point to.
 * @throws ModelFault when a column points to more than one
 */
export function enumReferences(
  table: Table,
  catalogue: Catalogue,
  enums: EnumRows,
): ReadonlyMap<string, TableKey> {
  const found = new Map<string, string[]>();
  for (const { columns, references, referencedColumns } of table.foreignKeys) {
    const key = catalogue.table(references)?.primaryKey?.columns ?? [];
    const [column] = columns;
    const isEnum = Array.isArray(enums.get(tableKey(references.schema, references.name)));
    const wholeKey = key.length === 1 && referencedColumns.length === 1 && key[0] === referencedColumns[0];
    if (!isEnum || !wholeKey || column === undefined) continue;
    found.set(column, [...(found.get(column) ?? []), tableKey(references.schema, references.name)]);
  }
  return new Map([...found].map(([column, keys]) => [column, onlyOne(table, column, keys)]));
}

function onlyOne(table: Table, column: string, keys: readonly TableKey[]): TableKey {
  const [only, another] = [...new Set(keys)];
  if (only !== undefined && another === undefined) return only;
  const shown = keys.map(key => quoted(key.replace(/^public\./, ''))).join(', ');
  const where = `column ${quoted(column)} in table ${quoted(bareName(table))}`;
  throw new ModelFault(`${where} references multiple enum tables (${shown})`);
}
