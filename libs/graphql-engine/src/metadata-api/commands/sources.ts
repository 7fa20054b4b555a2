/** Sources: this engine serves one, so what is done here is done to that one. */
import {
  boolean,
  defaulted,
  filled,
  flag,
  jsonObject,
  nonEmptyText,
  object,
  optional,
  qualifiedName,
  required,
  sourceCustomization,
  text,
  type Metadata,
  type Shape,
} from '@nself/hasura-metadata';
import { quoted, sourceObject } from '../../model';
import { command, question, refusal, requireSource, sourceCommand } from '../command';
import type { Workspace } from '../workspace';

const adding = object('AddSource', {
  name: required(nonEmptyText),
  configuration: defaulted(jsonObject, {}),
  replace_configuration: flag(boolean),
  customization: filled(sourceCustomization),
  health_check: optional(jsonObject),
});

export const addSource = command('pg_add_source', adding, async (given, work) => {
  const {
    name,
    configuration,
    replace_configuration: replace = false,
    customization = {},
    health_check,
  } = given;
  const { metadata } = work;
  const known = metadata.sources.find(source => source.name === name);
  if (known && !replace) throw refusal('already-exists', `source with name ${quoted(name)} already exists`);
  const rest = { configuration, customization, ...(health_check && { health_check }) };
  const source = known ? { ...known, ...rest } : { name, kind: 'postgres', tables: [], ...rest };
  const others = metadata.sources.filter(other => other !== known);
  await work.acceptFor({ ...metadata, sources: [...others, source] }, sourceObject(name).name);
});

const dropping = object('DropSource', { name: required(nonEmptyText), cascade: flag(boolean) });

export const dropSource = command('pg_drop_source', dropping, async ({ name }, work) => {
  sourceNamed(work.metadata, name);
  const sources = work.metadata.sources.filter(source => source.name !== name);
  await work.accept({ ...work.metadata, sources });
});

function sourceNamed(metadata: Metadata, name: string): Metadata['sources'][number] {
  const found = metadata.sources.find(source => source.name === name);
  if (found) return found;
  throw refusal('not-exists', `source with name ${quoted(name)} does not exist`);
}

const renaming = object('RenameSource', { name: required(nonEmptyText), new_name: required(nonEmptyText) });

export const renameSource = command('rename_source', renaming, async ({ name, new_name }, work) => {
  const { metadata } = work;
  const target = sourceNamed(metadata, name);
  if (metadata.sources.some(source => source.name === new_name)) {
    throw refusal('already-exists', `a source with the name ${quoted(new_name)} already exists`);
  }
  const sources = metadata.sources.map(source =>
    source === target ? { ...source, name: new_name } : source,
  );
  await work.acceptWithout({ ...metadata, sources });
});

const updating = object('UpdateSource', {
  name: required(nonEmptyText),
  configuration: optional(jsonObject),
  customization: optional(sourceCustomization),
  health_check: optional(jsonObject),
});

export const updateSource = command('pg_update_source', updating, async ({ name, ...changes }, work) => {
  const target = sourceNamed(work.metadata, name);
  const sources = work.metadata.sources.map(source =>
    source === target ? { ...source, ...changes } : source,
  );
  await work.acceptFor({ ...work.metadata, sources }, sourceObject(name).name);
});

const customizing = object('SetSourceCustomization', {
  source: defaulted(nonEmptyText, 'default'),
  customization: required(sourceCustomization),
});

export const setSourceCustomization = sourceCommand(
  'set_source_customization',
  customizing,
  async ({ source: name, customization }, work) => {
    const target = sourceNamed(work.metadata, name);
    const sources = work.metadata.sources.map(source =>
      source === target ? { ...source, customization } : source,
    );
    await work.acceptFor({ ...work.metadata, sources }, sourceObject(name).name);
  },
);

const nothing: Shape<undefined> = () => undefined;

export const listSourceKinds = question('list_source_kinds', nothing, () =>
  Promise.resolve({
    sources: [{ builtin: true, kind: 'postgres', display_name: 'Postgres', available: true }],
  }),
);

const listing = object('GetSourceTables', { source: optional(text) });

/** Tables of the database, tracked or not. */
async function allTables(given: { source?: string }, work: Workspace): Promise<unknown> {
  requireSource(given, work);
  const catalogue = await work.readCatalogue();
  return catalogue.tables.map(({ schema, name }) => ({ schema, name }));
}

export const getSourceTables = question('get_source_tables', listing, allTables);
export const getSourceTablesByOldName = question('pg_get_source_tables', listing, allTables);

const asking = object('GetTableInfo', { table: required(qualifiedName), source: optional(text) });

export const getTableInfo = question('get_table_info', asking, async ({ table, source }, work) => {
  requireSource({ source }, work);
  const catalogue = await work.readCatalogue();
  const found = catalogue.table(table);
  if (!found) throw refusal('not-found', 'Table not found');
  return {
    name: table,
    columns: found.columns.map(column => ({
      name: column.name,
      type: catalogue.type(column.type).name,
      nullable: column.nullable,
      ...(column.comment !== undefined && { description: column.comment }),
    })),
    ...(found.primaryKey && { primary_key: found.primaryKey.columns }),
    foreign_keys: Object.fromEntries(
      found.foreignKeys.map(key => [
        key.name,
        {
          foreign_table: key.references,
          column_mapping: Object.fromEntries(
            key.columns.map((column, i) => [column, key.referencedColumns[i]]),
          ),
        },
      ]),
    ),
  };
});
