import type {
  CustomRootField,
  SourceCustomization,
  TableConfiguration,
  TableMetadata,
} from '@nself/hasura-metadata';
import type { Catalogue, Column, Table } from '@nself/pg-catalog';
import { enumReferences, type EnumRows } from './enums';
import { ModelFault } from './fault';
import {
  chosen,
  columnFieldName,
  customisedRoot,
  generated,
  metadataRootField,
  rootFieldKinds,
  rootFieldName,
  typeBase,
  type Convention,
  type Piece,
} from './naming';
import type { Types } from './pg-types';
import { englishList, quoted, quotedName, unlessEmpty } from './text';
import {
  tableKey,
  type ColumnModel,
  type RootFieldName,
  type RootFieldNames,
  type TableModel,
  type UniqueModel,
} from './types';

/** What tables of one source are made with. */
export interface TableSetting {
  readonly catalogue: Catalogue;
  readonly types: Types;
  readonly enums: EnumRows;
  readonly convention: Convention;
  readonly customization: SourceCustomization | undefined;
}

/** A table with its columns, before relationships, computed fields and permissions are known. */
export type BareTable = Omit<TableModel, 'relationships' | 'computedFields' | 'permissions'>;

/** @throws ModelFault when the table is not there or its names contradict each other */
export function bareTable(metadata: TableMetadata, setting: TableSetting): BareTable {
  const { schema, name } = metadata.table;
  const table = setting.catalogue.table(metadata.table);
  if (!table) throw new ModelFault(`no such table/view exists in source: ${quotedName(metadata.table)}`);
  const key = tableKey(schema, name);
  const enumValues = metadata.is_enum ? setting.enums.get(key) : undefined;
  if (enumValues instanceof ModelFault) throw enumValues;
  const comment = unlessEmpty(metadata.configuration?.comment ?? table.comment);
  return {
    key,
    schema,
    name,
    kind: table.kind,
    ...tableNames(metadata, setting),
    columns: columnsOf(table, metadata.configuration, setting),
    ...(table.primaryKey && { primaryKey: { ...table.primaryKey, constraint: true } }),
    uniques: uniquesOf(table),
    ...(enumValues && { enumValues }),
    insertable: table.writable.insert,
    updatable: table.writable.update,
    deletable: table.writable.delete,
    ...(comment !== undefined && { comment }),
    ...(isFederated(metadata) && { federated: true }),
  };
}

const isFederated = ({ apollo_federation_config: config }: TableMetadata) =>
  config !== undefined && Object.keys(config).length > 0;

function tableNames(metadata: TableMetadata, { convention, customization }: TableSetting) {
  const { schema, name } = metadata.table;
  const custom = metadata.configuration?.custom_name;
  const own = schema === 'public' ? [generated(name)] : [generated(schema), generated(name)];
  const pieces = custom === undefined ? own : [chosen(custom)];
  return {
    graphqlName: typeBase(convention, pieces),
    customName: custom !== undefined,
    rootFields: rootFieldsOf(pieces, metadata.configuration, convention, customization),
  };
}

function rootFieldsOf(
  pieces: readonly Piece[],
  configuration: TableConfiguration | undefined,
  convention: Convention,
  customization: SourceCustomization | undefined,
): RootFieldNames {
  const custom = configuration?.custom_root_fields ?? {};
  const entries = rootFieldKinds.map(kind => {
    const { name, comment } = customRoot(custom[metadataRootField[kind]]);
    const given = name ?? rootFieldName(convention, kind, pieces);
    const field: RootFieldName = {
      name: customisedRoot(convention, customization?.root_fields, given),
      ...(comment !== undefined && { comment }),
    };
    return [kind, field] as const;
  });
  return Object.fromEntries(entries) as RootFieldNames;
}

function customRoot(field: CustomRootField | undefined): { name?: string; comment?: string } {
  if (typeof field === 'string') return { name: field };
  const { name, comment } = field ?? {};
  return { ...(name && { name }), ...(comment !== undefined && { comment }) };
}

function columnsOf(
  table: Table,
  configuration: TableConfiguration | undefined,
  setting: TableSetting,
): ReadonlyMap<string, ColumnModel> {
  const config = configuration?.column_config ?? {};
  refuseUnknown(table, configuration);
  const references = enumReferences(table, setting.catalogue, setting.enums);
  const models = table.columns.map(column => {
    const own = Object.hasOwn(config, column.name) ? config[column.name] : undefined;
    const comment = unlessEmpty(own?.comment ?? column.comment);
    const enumTable = references.get(column.name);
    return {
      ...columnModel(column, setting),
      graphqlName: columnFieldName(setting.convention, column.name, own?.custom_name),
      ...(comment !== undefined && { comment }),
      ...(enumTable !== undefined && { enumTable }),
    };
  });
  const sayable = models.filter(({ graphqlName }) => /^[_A-Za-z][_0-9A-Za-z]*$/.test(graphqlName));
  refuseSharedNames(sayable);
  return new Map(sayable.map(column => [column.name, column]));
}

function columnModel(column: Column, { types }: TableSetting): Omit<ColumnModel, 'graphqlName'> {
  return {
    name: column.name,
    type: types.of(column.type),
    nullable: column.nullable,
    hasDefault: column.default !== undefined || column.identity !== undefined,
    generated: column.generated !== undefined || column.identity === 'always',
    ...(column.identity && { identity: column.identity }),
    ...(types.isDomain(column.type) && { domain: true }),
  };
}

function refuseUnknown(table: Table, configuration: TableConfiguration | undefined): void {
  for (const [column, custom] of Object.entries(configuration?.custom_column_names ?? {})) {
    if (table.columns.some(({ name }) => name === column)) continue;
    const what = `the custom field name ${quoted(custom)} was given for the column ${quoted(column)}`;
    throw new ModelFault(`${what}, but no such column exists`);
  }
}

function refuseSharedNames(columns: readonly ColumnModel[]): void {
  const owners = new Map<string, string[]>();
  for (const { graphqlName, name } of columns)
    owners.set(graphqlName, [...(owners.get(graphqlName) ?? []), name]);
  for (const [field, names] of owners) {
    if (names.length === 1) continue;
    const which = englishList(names.map(quoted));
    throw new ModelFault(
      `the definitions of columns ${which} are in conflict: they are mapped to the same field name, ${quoted(field)}`,
    );
  }
}

/** A partial or expression index says nothing of the table as a whole, and `on conflict` cannot name it. */
function uniquesOf(table: Table): UniqueModel[] {
  const keys = table.primaryKey ? [{ ...table.primaryKey, constraint: true, partial: false }] : [];
  return [...keys, ...table.uniques]
    .filter(({ partial }) => !partial)
    .map(({ name, columns, constraint }) => ({ name, columns, constraint }));
}
