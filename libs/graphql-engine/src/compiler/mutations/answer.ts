import { ident, literal, nest, sql, type Sql } from '@nself/pg-sql';
import {
  always,
  type Fields,
  type MutationAnswer,
  type ResponseItem,
  type Select,
  type TableSource,
  type WrittenSource,
} from '../../ir';
import type { Compilation, Scope } from '../compilation';
import { object, objectColumns, type Member } from '../fields';
import { compileSelectJson, compileSelectRoot } from '../select';
import { recall, settings, written } from './written';

type By = WrittenSource['by'];

/** What a mutation answers: one row with the JSON text as "root". */
export function compileAnswer(
  answer: MutationAnswer,
  table: TableSource,
  by: By,
  compilation: Compilation,
): Sql {
  if (answer.kind === 'row') return compileSelectRoot(rowsOf(table, by, answer.fields, 'one'), compilation);
  const members = answer.items.map(item => compileItem(item, table, by, compilation));
  return sql`select to_json(${object})::text as "root"\nfrom (${nest(sql`select${nest(objectColumns(members))}`)}) as ${object}`;
}

const nowhere: Scope = { self: ident('nowhere'), root: ident('nowhere') };

function compileItem(item: ResponseItem, table: TableSource, by: By, compilation: Compilation): Member {
  switch (item.kind) {
    case 'affected-rows':
      return [
        item.alias,
        by === 'earlier' ? sql`${recall(settings.count)}::bigint` : sql`(select count(*) from ${written})`,
      ];
    case 'returning':
      return [item.alias, compileSelectJson(rowsOf(table, by, item.fields, 'many'), nowhere, compilation)];
    case 'text':
      return [item.alias, sql`${literal(item.text)}::text`];
  }
}

function rowsOf(
  { schema, name }: TableSource,
  by: By,
  fields: Fields,
  cardinality: Select['cardinality'],
): Select {
  const from: WrittenSource = { kind: 'written', by, schema, name };
  return {
    kind: 'select',
    from,
    on: [],
    where: always,
    orderBy: [],
    distinctOn: [],
    limits: [],
    fields,
    cardinality,
  };
}

/**
 * The columns that an answer shows, if it shows nothing else. Relationships and computed fields may look at what the
 * statement changes, so they have to wait for the next one.
 */
export function plainColumns(answer: MutationAnswer): readonly string[] | undefined {
  const fields =
    answer.kind === 'row'
      ? answer.fields
      : answer.items.flatMap(item => (item.kind === 'returning' ? item.fields : []));
  const columns = new Set<string>();
  for (const { value } of fields) {
    if (value.kind === 'text') continue;
    if (value.kind !== 'scalar' || value.operand.kind !== 'column' || value.operand.when) return undefined;
    columns.add(value.operand.column);
  }
  return [...columns];
}
