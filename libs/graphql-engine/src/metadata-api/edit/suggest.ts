import { nameKey, type QualifiedName } from '@nself/hasura-metadata';
import type { ForeignKey } from '@nself/pg-catalog';
import { servedSource } from '../../model';
import { findTable } from './edit';
import type { State } from '../workspace';

interface End {
  readonly table: QualifiedName;
  readonly columns: readonly string[];
  readonly constraint_name?: string;
}

/** A relationship that a foreign key speaks for, as `suggest_relationships` answers it. */
export interface Suggestion {
  readonly type: 'object' | 'array';
  readonly from: End;
  readonly to: End;
}

/**
 * Relationships between tracked tables that foreign keys speak for: an object along each key, and the way back: an
 * array, or an object when the key's columns are unique.
 */
export function suggestions(
  state: State,
  wanted: ReadonlySet<string> | undefined,
  omitTracked: boolean,
): Suggestion[] {
  const { metadata, catalogue } = state;
  return (servedSource(metadata)?.tables ?? []).flatMap(({ table: name }) => {
    const table = catalogue.table(name);
    return (table?.foreignKeys ?? [])
      .filter(key => findTable(metadata, key.references))
      .flatMap(key => bothWays(name, key, isUnique(name, key, state)))
      .filter(({ from }) => !wanted || wanted.has(nameKey(from.table)))
      .filter(suggestion => !omitTracked || !isTracked(suggestion, state));
  });
}

function bothWays(table: QualifiedName, key: ForeignKey, unique: boolean): Suggestion[] {
  const near: End = { table, columns: key.columns, constraint_name: key.name };
  const far: End = { table: key.references, columns: key.referencedColumns };
  return [
    { type: 'object', from: near, to: far },
    { type: unique ? 'object' : 'array', from: far, to: near },
  ];
}

function isUnique(name: QualifiedName, key: ForeignKey, { catalogue }: State): boolean {
  const table = catalogue.table(name);
  const keys = [
    ...(table?.primaryKey ? [table.primaryKey.columns] : []),
    ...(table?.uniques ?? []).filter(({ partial }) => !partial).map(({ columns }) => columns),
  ];
  return keys.some(
    columns => columns.length === key.columns.length && columns.every(column => key.columns.includes(column)),
  );
}

function isTracked({ from, to }: Suggestion, { model }: State): boolean {
  const table = model.tables.get(`${from.table.schema}.${from.table.name}`);
  const target = `${to.table.schema}.${to.table.name}`;
  return [...(table?.relationships.values() ?? [])].some(
    relationship =>
      relationship.target === target &&
      relationship.columns.length === from.columns.length &&
      relationship.columns.every(([mine]) => from.columns.includes(mine)),
  );
}
