import {
  defaulted,
  filled,
  graphqlName,
  jsonObject,
  MetadataFault,
  named,
  nonEmptyText,
  nullable,
  object,
  oneOf,
  optional,
  required,
  some,
  text,
  type Shape,
  type Shaped,
} from '../shapes';
import { trackedFunction } from './function';
import { nameKey } from './names';
import { table } from './table';

/** A piece that stands before or after a name; an empty one is none. */
const affix =
  (legal: RegExp): Shape<string> =>
  (value, path) => {
    const given = text(value, path);
    if (legal.test(given)) return given;
    throw new MetadataFault(path, `${given} is not a valid GraphQL name`);
  };
const prefix = affix(/^([_A-Za-z][_0-9A-Za-z]*)?$/);
const suffix = affix(/^[_0-9A-Za-z]*$/);

/** Names of a whole source: prefixes, suffixes, a namespace of its root fields, a naming convention. */
export const sourceCustomization = object('SourceCustomization', {
  root_fields: filled(
    object('RootFieldsCustomization', {
      namespace: optional(graphqlName),
      prefix: optional(prefix),
      suffix: optional(suffix),
    }),
  ),
  type_names: filled(
    object('SourceTypeCustomization', { prefix: optional(prefix), suffix: optional(suffix) }),
  ),
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
