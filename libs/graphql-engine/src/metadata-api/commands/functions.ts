import {
  boolean,
  computedField,
  flag,
  functionConfiguration,
  isObject,
  nameKey,
  nonEmptyText,
  nullable,
  object,
  optional,
  qualifiedName,
  required,
  text,
  type FunctionConfiguration,
  type FunctionMetadata,
  type Metadata,
  type QualifiedName,
  type Shape,
} from '@nself/hasura-metadata';
import {
  computedFieldObject,
  functionObject,
  functionPermissionObject,
  quoted,
  quotedName,
  servedSource,
} from '../../model';
import { refusal, sourceCommand } from '../command';
import {
  dependencies,
  dependentsOf,
  dropAll,
  dropFunction,
  refuseDependents,
  type Reference,
} from '../dependencies';
import { editSource, editTable, findTable, requireTable, sourceName, withItem } from '../edit/edit';
import type { Workspace } from '../workspace';

interface Tracking {
  readonly function: QualifiedName;
  readonly configuration?: FunctionConfiguration;
  readonly comment?: string | null;
}

const written = object('TrackFunction', {
  function: required(qualifiedName),
  configuration: optional(functionConfiguration),
  comment: optional(nullable(text)),
});

/** `{function: ...}`, or as the first API had it: the function itself. */
const tracking: Shape<Tracking> = (value, path) =>
  written(isObject(value) && 'function' in value ? value : { function: value }, path);

const findFunction = (metadata: Metadata, name: QualifiedName): FunctionMetadata | undefined =>
  servedSource(metadata)?.functions?.find(({ function: fn }) => nameKey(fn) === nameKey(name));

function requireFunction(metadata: Metadata, name: QualifiedName): FunctionMetadata {
  const found = findFunction(metadata, name);
  if (found) return found;
  throw refusal(
    'not-exists',
    `function ${quotedName(name)} does not exist in source: ${sourceName(metadata)}`,
  );
}

function editFunction(
  metadata: Metadata,
  name: QualifiedName,
  change: (fn: FunctionMetadata) => FunctionMetadata,
): Metadata {
  const target = requireFunction(metadata, name);
  return editSource(metadata, source => ({
    ...source,
    functions: (source.functions ?? []).map(fn => (fn === target ? change(fn) : fn)),
  }));
}

export const trackFunction = sourceCommand('track_function', tracking, async (given, work) => {
  const { function: name, configuration, comment } = given;
  const { metadata } = work;
  if (findFunction(metadata, name))
    throw refusal('already-tracked', `function already tracked : ${quotedName(name)}`);
  if (findTable(metadata, name))
    throw refusal('not-supported', `table with name ${quotedName(name)} already exists`);
  const item = {
    function: name,
    ...(configuration && { configuration }),
    ...(typeof comment === 'string' && { comment }),
  };
  const next = editSource(metadata, source => ({
    ...source,
    functions: [...(source.functions ?? []), item],
  }));
  await work.acceptFor(next, functionObject(sourceName(metadata), name).name);
});

const untracking: Shape<{ readonly function: QualifiedName }> = (value, path) =>
  object('UntrackFunction', { function: required(qualifiedName) })(
    isObject(value) && 'function' in value ? value : { function: value },
    path,
  );

export const untrackFunction = sourceCommand(
  'untrack_function',
  untracking,
  async ({ function: name }, work) => {
    const { metadata } = work;
    if (!findFunction(metadata, name)) {
      throw refusal(
        'not-exists',
        `function ${quotedName(name)} does not exist in source: ${sourceName(metadata)}`,
      );
    }
    await work.acceptWithout(dropFunction(metadata, name));
  },
);

const customizing = object('SetFunctionCustomization', {
  function: required(qualifiedName),
  configuration: required(functionConfiguration),
});

export const setFunctionCustomization = sourceCommand(
  'set_function_customization',
  customizing,
  async ({ function: name, configuration }, work) => {
    const next = editFunction(work.metadata, name, fn => ({ ...fn, configuration }));
    await work.acceptFor(next, functionObject(sourceName(work.metadata), name).name);
  },
);

const permitting = object('FunctionPermissionArgument', {
  function: required(qualifiedName),
  role: required(nonEmptyText),
});

export const createFunctionPermission = sourceCommand(
  'create_function_permission',
  permitting,
  async ({ function: name, role }, work) => {
    const { metadata } = work;
    const { permissions = [] } = requireFunction(metadata, name);
    refuseWithoutTable(name, role, work);
    if (permissions.some(entry => entry.role === role)) {
      const what = `permission of role ${quoted(role)} already exists for function ${quotedName(name)}`;
      throw refusal('already-exists', `${what} in source: ${quoted(sourceName(metadata))}`);
    }
    const next = editFunction(metadata, name, fn => ({ ...fn, permissions: [...permissions, { role }] }));
    await work.acceptFor(next, functionPermissionObject(sourceName(metadata), name, role).name);
  },
);

/** A function's permission is worth nothing without a permission on the table that it returns. */
function refuseWithoutTable(name: QualifiedName, role: string, { model }: Workspace): void {
  const table = model.functions.get(`${name.schema}.${name.name}`)?.returns.table;
  const returned = table === undefined ? undefined : model.tables.get(table);
  if (!returned || returned.permissions.get(role)?.select || model.inheritedRoles.has(role)) return;
  const what = `function permission cannot be added as the function ${quotedName(name)} returns table ${quotedName(returned)}`;
  throw refusal(
    'not-supported',
    `${what} and role ${quoted(role)} does not have select permission configured on it`,
  );
}

export const dropFunctionPermission = sourceCommand(
  'drop_function_permission',
  permitting,
  async ({ function: name, role }, work) => {
    const { metadata } = work;
    const { permissions = [] } = requireFunction(metadata, name);
    if (!permissions.some(entry => entry.role === role)) {
      const what = `permission of role ${quoted(role)} does not exist for function ${quotedName(name)}`;
      throw refusal('not-exists', `${what} in source: ${quoted(sourceName(metadata))}`);
    }
    const kept = permissions.filter(entry => entry.role !== role);
    await work.acceptWithout(editFunction(metadata, name, fn => ({ ...fn, permissions: kept })));
  },
);

const adding: Shape<{ table: QualifiedName; field: ReturnType<typeof computedField> }> = (value, path) => {
  const { table } = object('AddComputedField', { table: required(qualifiedName) })(value, path);
  return { table, field: computedField(value, path) };
};

export const addComputedField = sourceCommand(
  'add_computed_field',
  adding,
  async ({ table, field }, work) => {
    const { metadata, state } = work;
    const found = requireTable(metadata, table);
    if (found.computed_fields?.some(({ name }) => name === field.name)) {
      const what = `computed field ${quoted(field.name)} already exists in table ${quotedName(table)}`;
      throw refusal('already-exists', what);
    }
    const columns = state.catalogue.table(table)?.columns ?? [];
    const others = [...columns, ...(found.object_relationships ?? []), ...(found.array_relationships ?? [])];
    if (others.some(({ name }) => name === field.name)) {
      const what = `column/relationship ${quoted(field.name)} of table ${quotedName(table)} already exists`;
      throw refusal('already-exists', what);
    }
    const next = editTable(metadata, table, old => withItem(old, 'computed_fields', field, () => false));
    await work.acceptFor(next, computedFieldObject(sourceName(metadata), table, field).name);
  },
);

const dropping = object('DropComputedField', {
  table: required(qualifiedName),
  name: required(nonEmptyText),
  cascade: flag(boolean),
});

export const dropComputedField = sourceCommand(
  'drop_computed_field',
  dropping,
  async ({ table, name, cascade = false }, work) => {
    const { metadata, state } = work;
    if (!requireTable(metadata, table).computed_fields?.some(field => field.name === name)) {
      throw refusal('not-exists', `computed field ${quoted(name)} does not exist`);
    }
    const lost: Reference = { kind: 'computed field', table, name };
    const dependents = dependentsOf(lost, dependencies(state));
    refuseDependents(metadata, dependents, cascade);
    await work.acceptWithout(dropAll(metadata, [...dependents, lost]));
  },
);
