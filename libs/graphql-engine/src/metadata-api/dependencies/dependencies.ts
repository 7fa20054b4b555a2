import {
  verbs,
  type EventTrigger,
  type JsonObject,
  type PermissionEntry,
  type QualifiedName,
  type TableMetadata,
  type Verb,
} from '@nself/hasura-metadata';
import { isSessionVariable, servedSource, tableKey, type Model, type TableModel } from '../../model';
import type { State } from '../workspace';
import { filterReads, type FilterRead } from './filter';
import { includes, printReference, referenceKey, tableOf, type Reference } from './reference';

/** `of` does not hold without `on`. */
export interface Dependency {
  readonly of: Reference;
  readonly on: Reference;
  /** Not only on its being there, but on its type. */
  readonly byType: boolean;
}

/** Everything that depends on something else, in what is consistent now. */
export function dependencies({ metadata, model }: State): Dependency[] {
  const source = servedSource(metadata);
  const ofTables = (source?.tables ?? []).flatMap(table => {
    const known = model.tables.get(tableKey(table.table.schema, table.table.name));
    return known ? tableDependencies(table, known, model) : [];
  });
  const ofFunctions = [...model.functions.values()].map((fn): Dependency => ({
    of: { kind: 'function', function: fn },
    on: { kind: 'table', table: named(fn.returns.table, model) },
    byType: false,
  }));
  return [...ofTables, ...ofFunctions];
}

function named(key: string, model: Model): QualifiedName {
  const { schema = '', name = '' } = model.tables.get(key) ?? {};
  return { schema, name };
}

function tableDependencies(metadata: TableMetadata, table: TableModel, model: Model): Dependency[] {
  const name = metadata.table;
  const permissions = verbs.flatMap(verb =>
    (metadata[`${verb}_permissions`] ?? []).flatMap(entry =>
      permissionDependencies(verb, entry, table, model, name),
    ),
  );
  const triggers = (metadata.event_triggers ?? []).flatMap(trigger => triggerDependencies(trigger, name));
  return [
    ...relationshipDependencies(table, model, name),
    ...computedDependencies(table, model, name),
    ...permissions,
    ...triggers,
  ];
}

/** A trigger needs its table, and the columns that it watches or sends. */
function triggerDependencies({ name, definition }: EventTrigger, table: QualifiedName): Dependency[] {
  const of: Reference = { kind: 'event-trigger', table, name };
  const operations = [definition.insert, definition.update, definition.delete];
  const lists = operations.flatMap(operation => [operation?.columns, operation?.payload]);
  const columns = lists.flatMap(list => (Array.isArray(list) ? (list as readonly string[]) : []));
  const needed: Reference[] = columns.map(column => ({ kind: 'column', table, name: column }));
  return [{ kind: 'table' as const, table }, ...needed].map(on => ({ of, on, byType: false }));
}

function relationshipDependencies(table: TableModel, model: Model, name: QualifiedName): Dependency[] {
  return [...table.relationships.values()].flatMap(relationship => {
    const of: Reference = { kind: 'relationship', table: name, name: relationship.name };
    const target = named(relationship.target, model);
    const ends = relationship.columns.flatMap(([mine, theirs]): Reference[] => [
      { kind: 'column', table: name, name: mine },
      { kind: 'column', table: target, name: theirs },
    ]);
    return [{ kind: 'table' as const, table: target }, ...ends].map(on => ({ of, on, byType: false }));
  });
}

function computedDependencies(table: TableModel, model: Model, name: QualifiedName): Dependency[] {
  return [...table.computedFields.values()].flatMap(field => {
    const of: Reference = { kind: 'computed field', table: name, name: field.name };
    const onFunction: Dependency = { of, on: { kind: 'function', function: field.function }, byType: false };
    if (field.returns.kind !== 'table') return [onFunction];
    return [
      onFunction,
      { of, on: { kind: 'table', table: named(field.returns.table, model) }, byType: false },
    ];
  });
}

function permissionDependencies(
  verb: Verb,
  entry: PermissionEntry,
  table: TableModel,
  model: Model,
  name: QualifiedName,
): Dependency[] {
  const of: Reference = { kind: 'permission', table: name, role: entry.role, verb };
  const { columns, computed_fields = [], filter, check, set = {} } = entry.permission as PermissionParts;
  const listed = Array.isArray(columns) ? columns : [];
  const plain = (kind: 'column' | 'computed field', names: readonly string[]): FilterRead[] =>
    names.map(column => ({ on: { kind, table: name, name: column }, byType: false }));
  const presets = Object.entries(set).map(([column, value]): FilterRead => ({
    on: { kind: 'column', table: name, name: column },
    byType: !isSessionVariable(value),
  }));
  const filters = [filter, check].flatMap(part => (part ? filterReads(part, table, model) : []));
  const reads = [
    ...plain('column', listed),
    ...plain('computed field', computed_fields),
    ...presets,
    ...filters,
  ];
  return reads.map(read => ({ of, ...read }));
}

/** The parts that permissions of all verbs can have. */
interface PermissionParts {
  readonly columns?: '*' | readonly string[];
  readonly computed_fields?: readonly string[];
  readonly filter?: JsonObject;
  readonly check?: JsonObject | null;
  readonly set?: JsonObject;
}

/** What would not hold without it, each once, in the order of their names. */
export function dependentsOf(lost: Reference, all: readonly Dependency[]): Reference[] {
  const found = all.filter(({ of, on }) => includes(lost, on) && !includes(lost, of));
  return unique(found.map(({ of }) => of));
}

/** What depends on the type of a column. */
export function dependentsOnType(column: Reference, all: readonly Dependency[]): Reference[] {
  const found = all.filter(({ on, byType }) => byType && referenceKey(on) === referenceKey(column));
  return unique(found.map(({ of }) => of));
}

function unique(references: readonly Reference[]): Reference[] {
  const byKey = new Map(references.map(reference => [referenceKey(reference), reference]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}

/** Parts of the table itself go with it; only what lies outside stands in the way. */
export const outside = (references: readonly Reference[], table: QualifiedName): Reference[] =>
  references.filter(reference => {
    const own = tableOf(reference);
    return !own || own.schema !== table.schema || own.name !== table.name;
  });

export const printReferences = (references: readonly Reference[], source: string): string =>
  references.map(reference => printReference(reference, source)).join(', ');
