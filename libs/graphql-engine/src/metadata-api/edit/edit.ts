/** Changes of a metadata document: each gives a new one, in no particular order (parsing it again restores order). */
import {
  nameKey,
  type Metadata,
  type QualifiedName,
  type Source,
  type TableMetadata,
} from '@nself/hasura-metadata';
import { refusal } from '../command';
import { quotedName, servedSource } from '../../model';

export function editSource(metadata: Metadata, change: (source: Source) => Source): Metadata {
  const served = servedSource(metadata);
  if (!served) throw refusal('not-exists', 'source with name "default" does not exist');
  return {
    ...metadata,
    sources: metadata.sources.map(source => (source === served ? change(source) : source)),
  };
}

export const sourceName = (metadata: Metadata): string => servedSource(metadata)?.name ?? 'default';

export function findTable(metadata: Metadata, name: QualifiedName): TableMetadata | undefined {
  const key = nameKey(name);
  return servedSource(metadata)?.tables.find(({ table }) => nameKey(table) === key);
}

/** @throws EngineError `not-exists` when the table is not tracked */
export function requireTable(metadata: Metadata, name: QualifiedName): TableMetadata {
  const found = findTable(metadata, name);
  if (found) return found;
  throw refusal('not-exists', `table ${quotedName(name)} does not exist in source: ${sourceName(metadata)}`);
}

export function editTable(
  metadata: Metadata,
  name: QualifiedName,
  change: (table: TableMetadata) => TableMetadata,
): Metadata {
  const target = requireTable(metadata, name);
  return editTables(metadata, table => (table === target ? change(table) : table));
}

export function editTables(metadata: Metadata, change: (table: TableMetadata) => TableMetadata): Metadata {
  return editSource(metadata, source => ({ ...source, tables: source.tables.map(change) }));
}

/** Names of the parts of a table that are lists of named things. */
type ListKey = {
  [K in keyof TableMetadata]-?: NonNullable<TableMetadata[K]> extends readonly unknown[] ? K : never;
}[keyof TableMetadata];
type Item<K extends ListKey> = NonNullable<TableMetadata[K]>[number];

/** A table with another item in one of its lists; an item of the same name gives way. */
export function withItem<K extends ListKey>(
  table: TableMetadata,
  key: K,
  item: Item<K>,
  same: (other: Item<K>) => boolean,
): TableMetadata {
  return { ...table, [key]: [...itemsOf(table, key).filter(other => !same(other)), item] };
}

export function withoutItem<K extends ListKey>(
  table: TableMetadata,
  key: K,
  same: (other: Item<K>) => boolean,
): TableMetadata {
  return { ...table, [key]: itemsOf(table, key).filter(other => !same(other)) };
}

const itemsOf = <K extends ListKey>(table: TableMetadata, key: K): Item<K>[] => [
  ...((table[key] ?? []) as readonly Item<K>[]),
];

/** A list without the item of that name; `missing` is thrown when there is none. */
export function removed<T>(items: readonly T[] | undefined, same: (item: T) => boolean, missing: Error): T[] {
  const kept = (items ?? []).filter(item => !same(item));
  if (kept.length === (items ?? []).length) throw missing;
  return kept;
}
