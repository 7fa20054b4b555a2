import {
  boolean,
  defaulted,
  filled,
  flag,
  graphqlName,
  integer,
  isObject,
  json,
  jsonObject,
  list,
  MetadataFault,
  named,
  nonEmptyText,
  object,
  oneOf,
  optional,
  required,
  some,
  text,
  type Shape,
  type Shaped,
} from '../shapes';
import { header } from './event-trigger';

/** A GraphQL type as text: `[String!]!`. */
const typeReference: Shape<string> = (value, path) => {
  const given = text(value, path);
  const bare = given.replaceAll(/[[\]!\s]/g, '');
  if (/^[_A-Za-z][_0-9A-Za-z]*$/.test(bare)) return given;
  throw new MetadataFault(path, `not a valid GraphQL type: ${given}`);
};

const argument = object('ArgumentDefinition', {
  name: required(graphqlName),
  type: required(typeReference),
  description: optional(text),
});

const defaultTimeout = 30;
const written = object('ActionDefinition', {
  handler: required(text),
  output_type: required(typeReference),
  forward_client_headers: flag(boolean),
  headers: some(list(header)),
  arguments: some(list(argument)),
  request_transform: optional(jsonObject),
  response_transform: optional(jsonObject),
  type: defaulted(oneOf('query', 'mutation'), 'mutation'),
  kind: optional(oneOf('synchronous', 'asynchronous')),
  timeout: optional(integer, seconds => seconds === defaultTimeout),
});
export type ActionDefinition = Shaped<typeof written>;

export const actionDefinition: Shape<ActionDefinition> = (value, path) => {
  const { kind, timeout, ...rest } = written(value, path);
  const of = rest.type === 'mutation' ? { kind: kind ?? ('synchronous' as const) } : {};
  return { ...rest, ...of, ...(timeout !== undefined && { timeout }) };
};

const permission = object('ActionPermissionMetadata', {
  role: required(nonEmptyText),
  comment: optional(text),
});

export const action = object('ActionMetadata', {
  name: required(graphqlName),
  definition: required(actionDefinition),
  comment: optional(text),
  permissions: some(list(permission)),
});
export type Action = Shaped<typeof action>;

const inputField = object('InputObjectFieldDefinition', {
  name: required(graphqlName),
  type: required(typeReference),
  description: optional(text),
});
const objectField = object('ObjectFieldDefinition', {
  name: required(graphqlName),
  type: required(typeReference),
  arguments: optional(json),
  description: optional(text),
});

/** `remote_table` is a name or `{schema, name}`; `field_mapping` may name sub-fields: kept as written. */
const typeRelationship: Shape<Shaped<typeof jsonObject>> = (value, path) => {
  if (isObject(value)) nonEmptyText(value['name'], [...path, 'name']);
  return jsonObject(value, path);
};

const nameOf = ({ name }: { readonly name: string }) => name;
const described = { description: optional(text) };

export const customTypes = object('CustomTypes', {
  input_objects: some(
    named(
      'input objects',
      object('InputObjectTypeDefinition', {
        name: required(graphqlName),
        fields: required(list(inputField)),
        ...described,
      }),
      nameOf,
    ),
  ),
  objects: some(
    named(
      'objects',
      object('ObjectTypeDefinition', {
        name: required(graphqlName),
        fields: required(list(objectField)),
        ...described,
        relationships: some(list(typeRelationship)),
      }),
      nameOf,
    ),
  ),
  scalars: some(
    named('scalars', object('ScalarTypeDefinition', { name: required(graphqlName), ...described }), nameOf),
  ),
  enums: some(
    named(
      'enums',
      object('EnumTypeDefinition', {
        name: required(graphqlName),
        values: required(list(jsonObject)),
        ...described,
      }),
      nameOf,
    ),
  ),
});
export type CustomTypes = Shaped<typeof customTypes>;
export const anyCustomTypes = filled(customTypes);
