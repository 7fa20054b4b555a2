import {
  boolean,
  flag,
  integer,
  jsonObject,
  list,
  MetadataFault,
  nonEmptyText,
  object,
  optional,
  required,
  some,
  text,
  type Shape,
  type Shaped,
} from '../shapes';
import { header } from './event-trigger';
import { remoteRelationship } from './relationship';

const written = object('RemoteSchemaDef', {
  url: optional(text),
  url_from_env: optional(nonEmptyText),
  timeout_seconds: optional(integer),
  customization: optional(jsonObject),
  headers: some(list(header)),
  forward_client_headers: flag(boolean),
});
export type RemoteSchemaDefinition = Shaped<typeof written>;

/** Exactly one of the two addresses. */
export const remoteSchemaDefinition: Shape<RemoteSchemaDefinition> = (value, path) => {
  const definition = written(value, path);
  const addresses = [definition.url, definition.url_from_env].filter(address => address !== undefined);
  if (addresses.length === 1) return definition;
  const wrong =
    addresses.length === 0
      ? 'both `url` and `url_from_env` are empty'
      : 'both `url` and `url_from_env` are present';
  throw new MetadataFault(path, wrong);
};

const permission = object('RemoteSchemaPermissionMetadata', {
  role: required(nonEmptyText),
  definition: required(object('RemoteSchemaPermissionDefinition', { schema: required(text) })),
  comment: optional(text),
});

const typeRelationships = object('RemoteSchemaTypeRelationships', {
  type_name: required(nonEmptyText),
  relationships: required(list(remoteRelationship)),
});

export const remoteSchema = object('RemoteSchemaMetadata', {
  name: required(nonEmptyText),
  definition: required(remoteSchemaDefinition),
  comment: optional(text),
  permissions: some(list(permission)),
  remote_relationships: some(list(typeRelationships)),
});
export type RemoteSchema = Shaped<typeof remoteSchema>;
