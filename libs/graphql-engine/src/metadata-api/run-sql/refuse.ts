import { nameKey, type Metadata, type QualifiedName } from '@nself/hasura-metadata';
import { quoted, quotedName, servedSource } from '../../model';
import { refusal } from '../command';
import { dependentsOnType, printReferences, type Dependency } from '../dependencies';
import { sourceName } from '../edit/edit';
import type { Workspace } from '../workspace';
import { columnNow, type ChangedFunction, type ChangedTable, type Changes } from './changes';

/** Changes that metadata cannot follow. @throws EngineError */
export function refuseChanges(changes: Changes, edges: readonly Dependency[], { metadata }: Workspace): void {
  for (const table of changes.tables) refuseTypes(table, edges, sourceName(metadata));
  const computed = computedFields(metadata);
  for (const change of changes.functions) {
    const field = computed.get(nameKey(change.before));
    if (field) refuseComputed(change, field);
    else refuseTracked(change);
  }
}

function refuseTypes(change: ChangedTable, edges: readonly Dependency[], source: string): void {
  const { schema, name, columns } = change.before;
  const table = { schema, name };
  for (const column of columns) {
    const now = columnNow(change, column);
    if (!now || now.type === column.type || now.name !== column.name) continue;
    const dependents = dependentsOnType({ kind: 'column', table, name: column.name }, edges);
    if (dependents.length === 0) continue;
    const what = `cannot change type of column ${quoted(column.name)} in table ${quotedName(table)}`;
    const why = `because of the following dependencies: ${printReferences(dependents, source)}`;
    throw refusal('dependency-error', `${what} ${why}`);
  }
}

interface Field {
  readonly table: QualifiedName;
  readonly name: string;
}

function computedFields(metadata: Metadata): ReadonlyMap<string, Field> {
  const fields = (servedSource(metadata)?.tables ?? []).flatMap(({ table, computed_fields = [] }) =>
    computed_fields.map(({ name, definition }) => [nameKey(definition.function), { table, name }] as const),
  );
  return new Map(fields);
}

function refuseComputed({ before, after }: ChangedFunction, { table, name }: Field): void {
  const where = `associated with computed field ${quoted(name)} of table ${quotedName(table)}`;
  if (after.length > 1) {
    throw refusal('not-supported', `The function ${quotedName(before)} ${where} is being overloaded`);
  }
  if (before.volatility === 'volatile' || after[0]?.volatility !== 'volatile') return;
  const what = `The type of function ${quotedName(before)} ${where}`;
  throw refusal('not-supported', `${what} is being altered to "VOLATILE"`);
}

function refuseTracked({ before, after }: ChangedFunction): void {
  if (after.length > 1) {
    throw refusal(
      'not-supported',
      `the following tracked function(s) cannot be overloaded: ${quotedName(before)}`,
    );
  }
  if (before.volatility === 'volatile' || after[0]?.volatility !== 'volatile') return;
  const what = `type of function ${quotedName(before)} is altered to "VOLATILE" which is not supported now`;
  throw refusal('not-supported', what);
}
