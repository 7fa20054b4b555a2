import {
  boolean,
  defaulted,
  either,
  filled,
  flag,
  graphqlName,
  json,
  jsonObject,
  named,
  nonEmptyText,
  nullable,
  object,
  optional,
  record,
  required,
  some,
  text,
  type Shape,
  type Shaped,
} from '../shapes';
import { eventTrigger } from './event-trigger';
import { qualifiedName } from './names';
import {
  deletePermission,
  insertPermission,
  permissionOf,
  selectPermission,
  updatePermission,
} from './permission';
import { arrayRelationship, objectRelationship, remoteRelationship } from './relationship';

/** A root field's name: a text, or `{name?, comment?}` where an empty comment hides the generated one. */
const rootField = either(
  graphqlName,
  object('CustomRootField', { name: optional(nullable(graphqlName)), comment: optional(text) }),
);
export type CustomRootField = Shaped<typeof rootField>;

export const customRootFields = object('TableCustomRootFields', {
  select: optional(rootField),
  select_by_pk: optional(rootField),
  select_aggregate: optional(rootField),
  select_stream: optional(rootField),
  insert: optional(rootField),
  insert_one: optional(rootField),
  update: optional(rootField),
  update_by_pk: optional(rootField),
  update_many: optional(rootField),
  delete: optional(rootField),
  delete_by_pk: optional(rootField),
});
export type CustomRootFields = Shaped<typeof customRootFields>;

const columnConfig = object('ColumnConfig', {
  custom_name: optional(graphqlName),
  comment: optional(text),
  redacted: optional(boolean),
});
export type ColumnConfig = Shaped<typeof columnConfig>;

const writtenConfiguration = object('TableConfig', {
  column_config: defaulted(record(columnConfig), {}),
  comment: optional(text),
  custom_column_names: defaulted(record(graphqlName), {}),
  custom_name: optional(graphqlName),
  custom_root_fields: defaulted(customRootFields, {}),
});
export type TableConfiguration = Shaped<typeof writtenConfiguration>;

/** `custom_column_names` is the older way to say what `column_config` says; the canonical form says both alike. */
export const tableConfiguration: Shape<TableConfiguration> = (value, path) => {
  const written = writtenConfiguration(value, path);
  const columns = new Map(Object.entries(written.column_config));
  for (const [column, custom_name] of Object.entries(written.custom_column_names)) {
    columns.set(column, { custom_name, ...columns.get(column) });
  }
  const kept = [...columns].filter(([, config]) => Object.keys(config).length > 0);
  const renamed = kept.flatMap(([column, { custom_name }]) => (custom_name ? [[column, custom_name]] : []));
  return {
    ...written,
    column_config: Object.fromEntries(kept),
    custom_column_names: Object.fromEntries(renamed) as Record<string, string>,
  };
};

const saysNothing = (configuration: TableConfiguration) =>
  configuration.custom_name === undefined &&
  configuration.comment === undefined &&
  Object.keys(configuration.column_config).length === 0 &&
  Object.keys(configuration.custom_root_fields).length === 0;

export const computedField = object('ComputedFieldMetadata', {
  name: required(nonEmptyText),
  definition: required(
    object('ComputedFieldDefinition', {
      function: required(qualifiedName),
      table_argument: optional(text),
      session_argument: optional(text),
      return_type: optional(json),
    }),
  ),
  comment: optional(text),
});
export type ComputedField = Shaped<typeof computedField>;

const nameOf = ({ name }: { readonly name: string }) => name;
const roleOf = ({ role }: { readonly role: string }) => role;

export const table = object('TableMetadata', {
  table: required(qualifiedName),
  is_enum: flag(boolean),
  configuration: optional(tableConfiguration, saysNothing),
  object_relationships: some(named('object relationships', objectRelationship, nameOf)),
  array_relationships: some(named('array relationships', arrayRelationship, nameOf)),
  computed_fields: some(named('computed fields', computedField, nameOf)),
  remote_relationships: some(named('remote relationships', remoteRelationship, nameOf)),
  insert_permissions: some(named('insert permissions', permissionOf(insertPermission), roleOf)),
  select_permissions: some(named('select permissions', permissionOf(selectPermission), roleOf)),
  update_permissions: some(named('update permissions', permissionOf(updatePermission), roleOf)),
  delete_permissions: some(named('delete permissions', permissionOf(deletePermission), roleOf)),
  event_triggers: some(named('event triggers', eventTrigger, nameOf)),
  apollo_federation_config: filled(jsonObject),
});
export type TableMetadata = Shaped<typeof table>;
