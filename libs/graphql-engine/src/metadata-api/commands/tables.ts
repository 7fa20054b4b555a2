import {
  boolean,
  either,
  flag,
  isObject,
  jsonObject,
  list,
  nullable,
  object,
  optional,
  qualifiedName,
  required,
  tableConfiguration,
  text,
  type Metadata,
  type QualifiedName,
  type Shape,
  type TableConfiguration,
} from '@nself/hasura-metadata';
import { quotedName, servedSource, tableObject } from '../../model';
import { refusal, sourceCommand } from '../command';
import { dependencies, dependentsOf, dropAll, dropTable, outside, refuseDependents } from '../dependencies';
import { editSource, editTable, findTable, requireTable, sourceName } from '../edit/edit';
import type { Workspace } from '../workspace';
import { Warnings } from '../warnings';

interface Tracking {
  readonly table: QualifiedName;
  readonly is_enum?: boolean;
  readonly configuration?: TableConfiguration;
  readonly apollo_federation_config?: Readonly<Record<string, unknown>> | null;
}

const written = object('TrackTable', {
  table: required(qualifiedName),
  is_enum: flag(boolean),
  configuration: optional(tableConfiguration),
  apollo_federation_config: optional(nullable(jsonObject)),
});

/** `{table: ...}`, or as the first API had it: the table itself. */
const tracking: Shape<Tracking> = (value, path) => {
  const wrapped = isObject(value) && 'table' in value;
  return written(wrapped ? value : { table: value }, path);
};

const sameName = (a: QualifiedName, b: QualifiedName) => a.schema === b.schema && a.name === b.name;

function added(
  metadata: Metadata,
  { table, is_enum, configuration, apollo_federation_config }: Tracking,
): Metadata {
  refuseTracked(metadata, table);
  const item = {
    table,
    ...(is_enum && { is_enum }),
    ...(configuration && { configuration }),
    ...(apollo_federation_config && { apollo_federation_config: apollo_federation_config as never }),
  };
  return editSource(metadata, source => ({ ...source, tables: [...source.tables, item] }));
}

function refuseTracked(metadata: Metadata, table: QualifiedName): void {
  if (findTable(metadata, table)) {
    throw refusal('already-tracked', `view/table already tracked: ${quotedName(table)}`);
  }
  if (servedSource(metadata)?.functions?.some(({ function: fn }) => sameName(fn, table))) {
    throw refusal('not-supported', `function with name ${quotedName(table)} already exists`);
  }
}

async function track(given: Tracking, work: Workspace): Promise<void> {
  const { metadata } = work;
  await work.acceptFor(added(metadata, given), tableObject(sourceName(metadata), given.table).name);
}

export const trackTable = sourceCommand('track_table', tracking, track);
export const addExistingTable = sourceCommand('add_existing_table_or_view', tracking, track);

const manyOf = <T>(name: string, one: Shape<T>) =>
  object(name, { tables: required(list(one)), allow_warnings: optional(boolean) });

/** All at once: those that cannot be tracked are told as warnings, unless warnings are not allowed. */
export const trackTables = sourceCommand(
  'track_tables',
  manyOf('TrackTables', tracking),
  async ({ tables, allow_warnings }, work) => {
    const warnings = new Warnings(work, 'track', tables);
    const before = work.metadata;
    const next = tables.reduce(
      (last, one) => warnings.around(one.table, () => added(last, one)) ?? last,
      before,
    );
    await work.accept(next);
    const faulty = tables.filter(({ table }) => warnings.ofInconsistency(table));
    if (faulty.length > 0)
      await work.accept(faulty.reduce((last, { table }) => dropTable(last, table), next));
    return warnings.answer(allow_warnings);
  },
);

const untracking = object('UntrackTable', { table: required(qualifiedName), cascade: flag(boolean) });

export const untrackTable = sourceCommand('untrack_table', untracking, untrack);

async function untrack(
  { table, cascade = false }: { table: QualifiedName; cascade?: boolean },
  work: Workspace,
): Promise<void> {
  await work.acceptWithout(untracked(work, table, cascade));
}

function untracked(work: Workspace, table: QualifiedName, cascade: boolean): Metadata {
  const { metadata, state } = work;
  if (!findTable(metadata, table)) {
    throw refusal('already-untracked', `view/table already untracked: ${quotedName(table)}`);
  }
  const dependents = outside(dependentsOf({ kind: 'table', table }, dependencies(state)), table);
  refuseDependents(metadata, dependents, cascade);
  return dropTable(dropAll(metadata, dependents), table);
}

export const untrackTables = sourceCommand(
  'untrack_tables',
  manyOf('UntrackTables', untracking),
  async ({ tables, allow_warnings }, work) => {
    const warnings = new Warnings(work, 'untrack', tables);
    for (const one of tables) {
      const next = warnings.around(one.table, () => untracked(work, one.table, one.cascade ?? false));
      if (next) await work.acceptWithout(next);
    }
    return warnings.answer(allow_warnings);
  },
);

const enumSwitch = object('SetTableIsEnum', { table: required(qualifiedName), is_enum: required(boolean) });
export const setTableIsEnum = sourceCommand(
  'set_table_is_enum',
  enumSwitch,
  async ({ table, is_enum }, work) => {
    await change(table, { is_enum }, work);
  },
);

const customizing = object('SetTableCustomization', {
  table: required(qualifiedName),
  configuration: required(tableConfiguration),
});
export const setTableCustomization = sourceCommand(
  'set_table_customization',
  customizing,
  async ({ table, configuration }, work) => {
    await change(table, { configuration }, work);
  },
);

/** The first API's way to say it. */
const oldCustomizing: Shape<{ table: QualifiedName; configuration: TableConfiguration }> = (value, path) => {
  if (!isObject(value))
    return { table: qualifiedName(value, path), configuration: tableConfiguration({}, path) };
  const { table, custom_root_fields = {}, custom_column_names = {} } = value;
  return {
    table: qualifiedName(table, [...path, 'table']),
    configuration: tableConfiguration({ custom_root_fields, custom_column_names }, path),
  };
};
export const setTableCustomFields = sourceCommand(
  'set_table_custom_fields',
  oldCustomizing,
  async ({ table, configuration }, work) => {
    await change(table, { configuration }, work);
  },
);

const federating = object('SetApolloFederationConfig', {
  table: required(qualifiedName),
  apollo_federation_config: required(either(jsonObject, nullable(text))),
});
export const setApolloFederation = sourceCommand(
  'set_apollo_federation_config',
  federating,
  async ({ table, apollo_federation_config: config }, work) => {
    await change(table, { apollo_federation_config: isObject(config) ? config : {} }, work);
  },
);

type Changes = Partial<ReturnType<typeof requireTable>>;

async function change(table: QualifiedName, changes: Changes, work: Workspace): Promise<void> {
  const { metadata } = work;
  const next = editTable(metadata, table, old => ({ ...old, ...changes }));
  await work.acceptFor(next, tableObject(sourceName(metadata), table).name);
}
