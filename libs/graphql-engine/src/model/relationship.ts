import type {
  ArrayRelationship,
  ManualRelationship,
  ObjectRelationship,
  QualifiedName,
} from '@nself/hasura-metadata';
import type { Catalogue, ForeignKey, Table } from '@nself/pg-catalog';
import { ModelFault } from './fault';
import type { BareTable } from './table';
import { isGraphqlName, quoted, quotedName, unsayable } from './text';
import { tableKey, type RelationshipModel, type TableKey } from './types';

/** Where relationships look their ends up. */
export interface RelationshipSetting {
  readonly source: string;
  readonly catalogue: Catalogue;
  readonly tables: ReadonlyMap<TableKey, BareTable>;
}

type Resolved = Omit<RelationshipModel, 'name' | 'kind' | 'comment'>;
type Pairs = RelationshipModel['columns'];

/** @throws ModelFault when it points to nothing */
export function objectRelationship(
  metadata: ObjectRelationship,
  from: BareTable,
  setting: RelationshipSetting,
): RelationshipModel {
  const { name, using, comment } = metadata;
  const rest = { name, kind: 'object' as const, ...(comment !== undefined && { comment }) };
  if ('manual_configuration' in using) {
    const order = using.manual_configuration.insertion_order ?? 'before_parent';
    return { ...rest, ...manual(using.manual_configuration, from, setting), insertionOrder: order };
  }
  const on = using.foreign_key_constraint_on;
  if (typeof on === 'string' || isList(on)) {
    return { ...rest, ...ownKey(isList(on) ? on : [on], name, from, setting) };
  }
  return { ...rest, ...keyOfOther(on.table, columnsOf(on), name, from, setting) };
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** @throws ModelFault when it points to nothing */
export function arrayRelationship(
  metadata: ArrayRelationship,
  from: BareTable,
  setting: RelationshipSetting,
): RelationshipModel {
  const { name, using, comment } = metadata;
  const rest = { name, kind: 'array' as const, ...(comment !== undefined && { comment }) };
  if ('manual_configuration' in using) {
    return { ...rest, ...manual(using.manual_configuration, from, setting), insertionOrder: 'after_parent' };
  }
  const on = using.foreign_key_constraint_on;
  return { ...rest, ...keyOfOther(on.table, columnsOf(on), name, from, setting) };
}

const columnsOf = ({ column, columns }: { readonly column?: string; readonly columns?: readonly string[] }) =>
  columns ?? (column === undefined ? [] : [column]);

const inRelationship = (from: BareTable, name: string) =>
  `in table ${quotedName(from)}: in relationship ${quoted(name)}: `;

/** A foreign key of this table. */
function ownKey(
  columns: readonly string[],
  name: string,
  from: BareTable,
  { catalogue, tables }: RelationshipSetting,
): Resolved {
  const key = requiredKey(catalogue.table(from), columns, () => true, inRelationship(from, name));
  const nullable = key.columns.some(column => from.columns.get(column)?.nullable ?? true);
  return {
    target: tracked(key.references, tables),
    columns: key.columns.map((column, i) => [column, key.referencedColumns[i] ?? '']),
    insertionOrder: 'before_parent',
    nullable,
  };
}

/** A foreign key of the other table that points here. */
function keyOfOther(
  other: QualifiedName,
  columns: readonly string[],
  name: string,
  from: BareTable,
  { source, catalogue, tables }: RelationshipSetting,
): Resolved {
  const context = inRelationship(from, name);
  const table = catalogue.table(other);
  if (!table)
    throw new ModelFault(`${context}table ${quotedName(other)} does not exist in source: ${source}`);
  const pointsHere = ({ references }: ForeignKey) =>
    references.schema === from.schema && references.name === from.name;
  const key = requiredKey(table, columns, pointsHere, context);
  return {
    target: tracked(other, tables),
    columns: key.columns.map((column, i) => [key.referencedColumns[i] ?? '', column]),
    insertionOrder: 'after_parent',
    nullable: true,
  };
}

function requiredKey(
  table: Table | undefined,
  columns: readonly string[],
  fits: (key: ForeignKey) => boolean,
  context: string,
): ForeignKey {
  const wanted = [...columns].sort().join('\u0000');
  const found = (table?.foreignKeys ?? []).filter(
    key => fits(key) && [...key.columns].sort().join('\u0000') === wanted,
  );
  const [only] = found;
  if (!only) throw new ModelFault(`${context}no foreign constraint exists on the given column(s)`);
  if (found.length === 1) return only;
  throw new ModelFault(`${context}more than one foreign key constraint exists on the given column(s)`);
}

function manual(
  { remote_table, column_mapping }: ManualRelationship,
  from: BareTable,
  { tables }: RelationshipSetting,
): Omit<Resolved, 'insertionOrder'> {
  const target = tracked(remote_table, tables);
  const columns: Pairs = Object.entries(column_mapping);
  const remote = tables.get(target);
  for (const [mine, theirs] of columns) {
    requireColumn(from, mine);
    if (remote) requireColumn(remote, theirs);
  }
  return { target, columns, nullable: true };
}

function requireColumn(table: BareTable, column: string): void {
  if (table.columns.has(column)) return;
  throw new ModelFault(`table ${quotedName(table)} has no column named ${quoted(column)}`);
}

function tracked(name: QualifiedName, tables: ReadonlyMap<TableKey, BareTable>): TableKey {
  const key = tableKey(name.schema, name.name);
  if (tables.has(key)) return key;
  throw new ModelFault(`table ${quotedName(name)} is not tracked`);
}

/** @throws ModelFault when the name would spoil the schema */
export function refuseUnsayable(name: string, table: BareTable): void {
  if (!isGraphqlName(name)) throw new ModelFault(inRelationship(table, name) + unsayable(name));
}

/** @throws ModelFault when a column goes by this name already */
export function refuseColumnName(name: string, table: BareTable): void {
  if (table.columns.has(name) && table.columns.get(name)?.graphqlName === name) {
    throw new ModelFault('field definition conflicts with postgres column');
  }
  const column = [...table.columns.values()].find(({ graphqlName }) => graphqlName === name);
  if (!column) return;
  const which = quoted(column.name);
  throw new ModelFault(`field definition conflicts with custom field name for postgres column ${which}`);
}
