/** Actions, custom types and remote schemas: kept as they are declared. */
import {
  action,
  actionDefinition,
  customTypes,
  graphqlName,
  nonEmptyText,
  nullable,
  object,
  optional,
  remoteSchema,
  remoteSchemaDefinition,
  required,
  text,
  type Action,
  type Metadata,
  type RemoteSchema,
} from '@nself/hasura-metadata';
import { quoted } from '../../model';
import { command, refusal } from '../command';
import { removed } from '../edit/edit';

function requireAction(metadata: Metadata, name: string): Action {
  const found = metadata.actions?.find(item => item.name === name);
  if (found) return found;
  throw refusal('not-exists', `action with name ${quoted(name)} does not exist`);
}

const editAction = (metadata: Metadata, name: string, change: (old: Action) => Action): Metadata => {
  const target = requireAction(metadata, name);
  return {
    ...metadata,
    actions: (metadata.actions ?? []).map(item => (item === target ? change(item) : item)),
  };
};

export const createAction = command('create_action', action, async (given, work) => {
  const actions = work.metadata.actions ?? [];
  if (actions.some(({ name }) => name === given.name)) {
    throw refusal('already-exists', `action with name ${quoted(given.name)} already exists`);
  }
  await work.acceptFor({ ...work.metadata, actions: [...actions, given] }, `action ${given.name}`);
});

const updating = object('UpdateAction', {
  name: required(graphqlName),
  definition: required(actionDefinition),
  comment: optional(nullable(text)),
});

export const updateAction = command(
  'update_action',
  updating,
  async ({ name, definition, comment }, work) => {
    const next = editAction(work.metadata, name, ({ comment: _, ...old }) => ({
      ...old,
      definition,
      ...(typeof comment === 'string' && { comment }),
    }));
    await work.acceptFor(next, `action ${name}`);
  },
);

const dropping = object('DropAction', { name: required(graphqlName) });

export const dropAction = command('drop_action', dropping, async ({ name }, work) => {
  requireAction(work.metadata, name);
  const kept = (work.metadata.actions ?? []).filter(item => item.name !== name);
  await work.acceptWithout({ ...work.metadata, actions: kept });
});

const permitting = object('CreateActionPermission', {
  action: required(graphqlName),
  role: required(nonEmptyText),
  comment: optional(nullable(text)),
});

export const createActionPermission = command('create_action_permission', permitting, async (given, work) => {
  const { permissions = [] } = requireAction(work.metadata, given.action);
  if (permissions.some(({ role }) => role === given.role)) {
    const what = `permission for role ${quoted(given.role)} is already defined on ${quoted(given.action)}`;
    throw refusal('already-exists', what);
  }
  const entry = { role: given.role, ...(typeof given.comment === 'string' && { comment: given.comment }) };
  await work.accept(
    editAction(work.metadata, given.action, old => ({ ...old, permissions: [...permissions, entry] })),
  );
});

export const dropActionPermission = command('drop_action_permission', permitting, async (given, work) => {
  const { permissions } = requireAction(work.metadata, given.action);
  const what = `permission for role ${quoted(given.role)} is not defined on ${quoted(given.action)}`;
  const kept = removed(permissions, ({ role }) => role === given.role, refusal('not-exists', what));
  await work.accept(editAction(work.metadata, given.action, old => ({ ...old, permissions: kept })));
});

export const setCustomTypes = command('set_custom_types', customTypes, (custom_types, work) =>
  work.acceptFor({ ...work.metadata, custom_types }, 'custom_types'),
);

function requireRemote(metadata: Metadata, name: string): RemoteSchema {
  const found = metadata.remote_schemas?.find(item => item.name === name);
  if (found) return found;
  throw refusal('not-exists', `remote schema with name ${quoted(name)} does not exist`);
}

const editRemote = (
  metadata: Metadata,
  name: string,
  change: (old: RemoteSchema) => RemoteSchema,
): Metadata => {
  const target = requireRemote(metadata, name);
  return {
    ...metadata,
    remote_schemas: (metadata.remote_schemas ?? []).map(item => (item === target ? change(item) : item)),
  };
};

export const addRemoteSchema = command('add_remote_schema', remoteSchema, async (given, work) => {
  const schemas = work.metadata.remote_schemas ?? [];
  if (schemas.some(({ name }) => name === given.name)) {
    throw refusal('already-exists', `remote schema with name ${quoted(given.name)} already exists`);
  }
  await work.acceptFor(
    { ...work.metadata, remote_schemas: [...schemas, given] },
    `remote_schema ${given.name}`,
  );
});

const updatingRemote = object('UpdateRemoteSchema', {
  name: required(nonEmptyText),
  definition: required(remoteSchemaDefinition),
  comment: optional(nullable(text)),
});

export const updateRemoteSchema = command('update_remote_schema', updatingRemote, async (given, work) => {
  const { name, definition, comment } = given;
  const next = editRemote(work.metadata, name, ({ comment: _, ...old }) => ({
    ...old,
    definition,
    ...(typeof comment === 'string' && { comment }),
  }));
  await work.acceptFor(next, `remote_schema ${name}`);
});

const namedRemote = object('RemoteSchemaNameQuery', { name: required(nonEmptyText) });

export const removeRemoteSchema = command('remove_remote_schema', namedRemote, async ({ name }, work) => {
  requireRemote(work.metadata, name);
  const kept = (work.metadata.remote_schemas ?? []).filter(item => item.name !== name);
  await work.acceptWithout({ ...work.metadata, remote_schemas: kept });
});

export const reloadRemoteSchema = command('reload_remote_schema', namedRemote, async ({ name }, work) => {
  requireRemote(work.metadata, name);
  await work.accept(work.metadata);
});

const permittingRemote = object('AddRemoteSchemaPermission', {
  remote_schema: required(nonEmptyText),
  role: required(nonEmptyText),
  definition: required(object('RemoteSchemaPermissionDefinition', { schema: required(text) })),
  comment: optional(nullable(text)),
});

export const addRemoteSchemaPermissions = command(
  'add_remote_schema_permissions',
  permittingRemote,
  async ({ remote_schema, role, definition, comment }, work) => {
    const { permissions = [] } = requireRemote(work.metadata, remote_schema);
    if (permissions.some(entry => entry.role === role)) {
      const what = `permissions for role: ${quoted(role)} for remote schema: ${quoted(remote_schema)} already exists`;
      throw refusal('already-exists', what);
    }
    const entry = { role, definition, ...(typeof comment === 'string' && { comment }) };
    await work.accept(
      editRemote(work.metadata, remote_schema, old => ({ ...old, permissions: [...permissions, entry] })),
    );
  },
);

const forbiddingRemote = object('DropRemoteSchemaPermissions', {
  remote_schema: required(nonEmptyText),
  role: required(nonEmptyText),
});

export const dropRemoteSchemaPermissions = command(
  'drop_remote_schema_permissions',
  forbiddingRemote,
  async ({ remote_schema, role }, work) => {
    const { permissions } = requireRemote(work.metadata, remote_schema);
    const what = `permissions for role: ${quoted(role)} for remote schema: ${quoted(remote_schema)} doesn't exist`;
    const kept = removed(permissions, entry => entry.role === role, refusal('not-exists', what));
    await work.accept(editRemote(work.metadata, remote_schema, old => ({ ...old, permissions: kept })));
  },
);
