import type {
  ArrayRelationship,
  ComputedField,
  EventTrigger,
  ObjectRelationship,
  PermissionEntry,
  QualifiedName,
  Verb,
} from '@nself/hasura-metadata';
import type { Inconsistency } from './types';
import { bareName } from './text';

/** A piece of metadata that can be inconsistent by itself: what Hasura calls it, and how it shows it. */
export interface MetadataObject {
  readonly type: string;
  /** Hasura's full name of it. It is unique, so it also tells pieces apart. */
  readonly name: string;
  readonly definition: unknown;
}

export const inconsistency = (object: MetadataObject, reason: string): Inconsistency => ({
  ...object,
  reason: `Inconsistent object: ${reason}`,
});

export const sourceObject = (source: string): MetadataObject => ({
  type: 'source',
  name: `source ${source}`,
  definition: source,
});

export const tableObject = (source: string, table: QualifiedName): MetadataObject => ({
  type: 'table',
  name: `table ${bareName(table)} in source ${source}`,
  definition: table,
});

const partOfTable = (
  type: string,
  part: string,
  source: string,
  table: QualifiedName,
  definition: object,
) => ({
  type,
  name: `${type} ${part} in table ${bareName(table)} in source ${source}`,
  definition: { ...definition, source, table },
});

export function relationshipObject(
  source: string,
  table: QualifiedName,
  kind: 'object' | 'array',
  {
    name,
    using,
    comment = null,
  }: Omit<ObjectRelationship | ArrayRelationship, 'comment'> & { comment?: string | null },
): MetadataObject {
  return partOfTable(`${kind}_relation`, name, source, table, { using, name, comment });
}

export function computedFieldObject(
  source: string,
  table: QualifiedName,
  field: ComputedField,
): MetadataObject {
  const { name, definition, comment = null } = field;
  return partOfTable('computed_field', name, source, table, { name, definition, comment });
}

export function permissionObject(
  source: string,
  table: QualifiedName,
  verb: Verb,
  { role, permission, comment = null }: Omit<PermissionEntry, 'comment'> & { comment?: string | null },
): MetadataObject {
  return partOfTable(`${verb}_permission`, role, source, table, { role, permission, comment });
}

export function remoteRelationshipObject(source: string, table: QualifiedName, name: string): MetadataObject {
  return partOfTable('remote_relationship', name, source, table, { name });
}

export function eventTriggerObject(
  source: string,
  table: QualifiedName,
  trigger: EventTrigger,
): MetadataObject {
  return partOfTable('event_trigger', trigger.name, source, table, { configuration: trigger });
}

export const functionObject = (source: string, name: QualifiedName): MetadataObject => ({
  type: 'function',
  name: `function ${bareName(name)} in source ${source}`,
  definition: name,
});

export const functionPermissionObject = (
  source: string,
  name: QualifiedName,
  role: string,
): MetadataObject => ({
  type: 'function_permission',
  name: `function_permission ${role} in function ${bareName(name)} in source ${source}`,
  definition: { function: name, source, role },
});

export const inheritedRoleObject = (role: string, definition: unknown): MetadataObject => ({
  type: 'inherited_role',
  name: `inherited role ${role}`,
  definition,
});

export const restEndpointObject = (name: string, definition: unknown): MetadataObject => ({
  type: 'rest_endpoint',
  name: `rest_endpoint ${name}`,
  definition,
});
