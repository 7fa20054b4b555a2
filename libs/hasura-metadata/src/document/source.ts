import {
  defaulted,
  filled,
  jsonObject,
  named,
  nonEmptyText,
  nullable,
  object,
  oneOf,
  optional,
  required,
  some,
  text,
  type Shaped,
} from '../shapes';
import { trackedFunction } from './function';
import { nameKey } from './names';
import { table } from './table';

/** Names of a whole source: prefixes, suffixes, a namespace of its root fields, a naming convention. */
export const sourceCustomization = object('SourceCustomization', {
  root_fields: filled(
    object('RootFieldsCustomization', {
      namespace: optional(text),
      prefix: optional(text),
      suffix: optional(text),
    }),
  ),
  type_names: filled(object('SourceTypeCustomization', { prefix: optional(text), suffix: optional(text) })),
  naming_convention: optional(nullable(oneOf('hasura-default', 'graphql-default'))),
});
export type SourceCustomization = Shaped<typeof sourceCustomization>;

export const source = object('SourceMetadata', {
  name: required(nonEmptyText),
  kind: defaulted(text, 'postgres'),
  tables: defaulted(
    named('tables', table, ({ table: name }) => nameKey(name)),
    [],
  ),
  functions: some(named('functions', trackedFunction, ({ function: name }) => nameKey(name))),
  configuration: defaulted(jsonObject, {}),
  query_tags: optional(jsonObject),
  customization: filled(sourceCustomization),
  health_check: optional(jsonObject),
});
export type Source = Shaped<typeof source>;
