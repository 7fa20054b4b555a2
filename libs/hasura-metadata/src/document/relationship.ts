import {
  isObject,
  json,
  jsonObject,
  list,
  MetadataFault,
  mismatch,
  nonEmptyText,
  object,
  oneOf,
  optional,
  record,
  required,
  text,
  type Shape,
  type Shaped,
} from '../shapes';
import { qualifiedName } from './names';

const manual = object('RelManualTableConfig', {
  remote_table: required(qualifiedName),
  column_mapping: required(record(text)),
  insertion_order: optional(oneOf('before_parent', 'after_parent')),
  source: optional(nonEmptyText),
});
export type ManualRelationship = Shaped<typeof manual>;

/** One column, or more of them as a list. */
const columnsOfKey: Shape<string | readonly string[]> = (value, path) => {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) throw new MetadataFault(path, 'Expected string or array');
  if (value.length === 0) throw new MetadataFault(path, 'parsing NonEmpty failed, unexpected empty list');
  return oneIfAlone(list(text)(value, path));
};

/** One column is written alone, more as a list: `{table, column}` or `{table, columns}`; both keys take both. */
const onOtherTable: Shape<ForeignKeyOnOtherTable> = (value, path) => {
  if (!isObject(value)) throw new MetadataFault(path, 'Expecting object { table, columns }.');
  if (value['table'] === undefined) throw new MetadataFault(path, 'key "table" not found');
  const table = qualifiedName(value['table'], [...path, 'table']);
  const given = [value['column'], value['columns']].filter(
    columns => columns !== undefined && columns !== null,
  );
  if (given.length !== 1) throw new MetadataFault(path, "expected exactly one of 'column' or 'columns'");
  const columns = columnsOfKey(given[0], path);
  return typeof columns === 'string' ? { column: columns, table } : { columns, table };
};

export interface ForeignKeyOnOtherTable {
  readonly table: Shaped<typeof qualifiedName>;
  readonly column?: string;
  readonly columns?: readonly string[];
}

const oneIfAlone = (columns: string | readonly string[]) =>
  Array.isArray(columns) && columns.length === 1 && typeof columns[0] === 'string' ? columns[0] : columns;

export interface ByForeignKey<Key> {
  readonly foreign_key_constraint_on: Key;
}
export interface ByHand {
  readonly manual_configuration: ManualRelationship;
}

/** Exactly one of the two ways; neither and both are faults. */
const using =
  <Key>(key: Shape<Key>): Shape<ByForeignKey<Key> | ByHand> =>
  (value, path) => {
    if (!isObject(value)) throw mismatch(path, 'RelUsing', 'Object', value);
    const [byKey, byHand] = [value['foreign_key_constraint_on'], value['manual_configuration']];
    if (byKey !== undefined && byHand !== undefined) {
      throw new MetadataFault(
        path,
        "only one of 'foreign_key_constraint_on' or 'manual_configuration' can be used",
      );
    }
    if (byKey !== undefined) {
      return { foreign_key_constraint_on: key(byKey, [...path, 'foreign_key_constraint_on']) };
    }
    if (byHand !== undefined)
      return { manual_configuration: manual(byHand, [...path, 'manual_configuration']) };
    throw new MetadataFault(
      path,
      "one of 'manual_configuration' or 'foreign_key_constraint_on' must be present",
    );
  };

const objectKey: Shape<string | readonly string[] | ForeignKeyOnOtherTable> = (value, path) =>
  isObject(value) ? onOtherTable(value, path) : columnsOfKey(value, path);

const relationship = <U>(way: Shape<U>) =>
  object('RelDef', { name: required(nonEmptyText), using: required(way), comment: optional(text) });

export const objectRelationship = relationship(using(objectKey));
export type ObjectRelationship = Shaped<typeof objectRelationship>;

export const arrayRelationship = relationship(using(onOtherTable));
export type ArrayRelationship = Shaped<typeof arrayRelationship>;

/** Across sources and remote schemas: kept as written, with its name checked. */
export const remoteRelationship = object('RemoteRelationship', {
  name: required(nonEmptyText),
  definition: optional(jsonObject),
  hasura_fields: optional(json),
  remote_schema: optional(text),
  remote_field: optional(json),
});
export type RemoteRelationship = Shaped<typeof remoteRelationship>;
