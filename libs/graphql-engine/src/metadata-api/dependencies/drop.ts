import type { Metadata, QualifiedName, TableMetadata, Verb } from '@nself/hasura-metadata';
import { refusal } from '../command';
import { editSource, editTables, sourceName, withoutItem } from '../edit/edit';
import { printReferences } from './dependencies';
import type { Reference } from './reference';

const sameName = (a: QualifiedName, b: QualifiedName) => a.schema === b.schema && a.name === b.name;

/** A document without these things; what is no longer there does not matter. */
export function dropAll(metadata: Metadata, references: readonly Reference[]): Metadata {
  return references.reduce(drop, metadata);
}

function drop(metadata: Metadata, reference: Reference): Metadata {
  switch (reference.kind) {
    case 'table':
      return dropTable(metadata, reference.table);
    case 'function':
      return dropFunction(metadata, reference.function);
    case 'column':
    case 'constraint':
      return metadata;
    default:
      return editTables(metadata, table =>
        sameName(table.table, reference.table) ? withoutPart(table, reference) : table,
      );
  }
}

export const dropTable = (metadata: Metadata, name: QualifiedName): Metadata =>
  editSource(metadata, source => ({
    ...source,
    tables: source.tables.filter(({ table }) => !sameName(table, name)),
  }));

export const dropFunction = (metadata: Metadata, name: QualifiedName): Metadata =>
  editSource(metadata, source => ({
    ...source,
    functions: (source.functions ?? []).filter(({ function: fn }) => !sameName(fn, name)),
  }));

type Part = Exclude<Reference, { kind: 'table' | 'function' }>;

function withoutPart(table: TableMetadata, part: Part): TableMetadata {
  if (part.kind === 'permission') return withoutPermission(table, part.verb, part.role);
  const same = ({ name }: { readonly name: string }) => name === part.name;
  switch (part.kind) {
    case 'relationship':
      return withoutItem(withoutItem(table, 'object_relationships', same), 'array_relationships', same);
    case 'computed field':
      return withoutItem(table, 'computed_fields', same);
    case 'event-trigger':
      return withoutItem(table, 'event_triggers', same);
    case 'remote relationship':
      return withoutItem(table, 'remote_relationships', same);
    default:
      return table;
  }
}

export function withoutPermission(table: TableMetadata, verb: Verb, role: string): TableMetadata {
  const key = `${verb}_permissions` as const;
  return { ...table, [key]: (table[key] ?? []).filter(entry => entry.role !== role) };
}

/** @throws EngineError `dependency-error` when something stands in the way and is not to go as well */
export function refuseDependents(
  metadata: Metadata,
  references: readonly Reference[],
  cascade: boolean,
): void {
  if (references.length === 0 || cascade) return;
  const which = printReferences(references, sourceName(metadata));
  throw refusal('dependency-error', `cannot drop due to the following dependent objects: ${which}`);
}
