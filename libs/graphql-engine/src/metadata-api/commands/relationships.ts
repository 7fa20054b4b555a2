import {
  arrayRelationship,
  boolean,
  flag,
  list,
  nameKey,
  nonEmptyText,
  nullable,
  object,
  objectRelationship,
  optional,
  qualifiedName,
  remoteRelationship,
  required,
  text,
  type Metadata,
  type ArrayRelationship,
  type ObjectRelationship,
  type QualifiedName,
  type Shape,
  type TableMetadata,
} from '@nself/hasura-metadata';
import { quoted, quotedName, relationshipObject, remoteRelationshipObject } from '../../model';
import { refusal, sourceCommand, success } from '../command';
import { dependencies, dependentsOf, dropAll, refuseDependents, type Reference } from '../dependencies';
import { editTable, requireTable, sourceName, withItem, withoutItem } from '../edit/edit';
import { renameRelationship } from '../edit/rename';
import { suggestions } from '../edit/suggest';
import type { Workspace } from '../workspace';

/** Arguments that say a table and, beside it, something of that table. */
const withTable =
  <T>(part: Shape<T>): Shape<{ readonly table: QualifiedName; readonly part: T }> =>
  (value, path) => {
    const read = part(value, path);
    const { table } = object('WithTable', { table: required(qualifiedName) })(value, path);
    return { table, part: read };
  };

type Kind = 'object' | 'array';
const listOf = { object: 'object_relationships', array: 'array_relationships' } as const;

async function create(
  kind: Kind,
  table: QualifiedName,
  relationship: ObjectRelationship | ArrayRelationship,
  work: Workspace,
): Promise<void> {
  const { metadata } = work;
  refuseTaken(requireTable(metadata, table), relationship.name, work);
  const next = editTable(metadata, table, old => ({
    ...old,
    [listOf[kind]]: [...(old[listOf[kind]] ?? []), relationship],
  }));
  await work.acceptFor(next, relationshipObject(sourceName(metadata), table, kind, relationship).name);
}

function refuseTaken(table: TableMetadata, name: string, work: Workspace): void {
  if (!isTaken(table, name, work)) return;
  const what = `column/relationship ${quoted(name)} of table ${quotedName(table.table)}`;
  throw refusal('already-exists', `${what} already exists`);
}

/** Another field of that name: a column by its own name, a relationship, a computed field. */
function isTaken(table: TableMetadata, name: string, { state }: Workspace): boolean {
  const relationships = [...(table.object_relationships ?? []), ...(table.array_relationships ?? [])];
  const fields = [...relationships, ...(table.computed_fields ?? []), ...(table.remote_relationships ?? [])];
  const columns = state.catalogue.table(table.table)?.columns ?? [];
  return [...fields, ...columns].some(field => field.name === name);
}

export const createObjectRelationship = sourceCommand(
  'create_object_relationship',
  withTable(objectRelationship),
  ({ table, part }, work) => create('object', table, part, work),
);

export const createArrayRelationship = sourceCommand(
  'create_array_relationship',
  withTable(arrayRelationship),
  ({ table, part }, work) => create('array', table, part, work),
);

const dropping = object('DropRel', {
  table: required(qualifiedName),
  relationship: required(nonEmptyText),
  cascade: flag(boolean),
});

export const dropRelationship = sourceCommand(
  'drop_relationship',
  dropping,
  async ({ table, relationship, cascade = false }, work) => {
    const { metadata, state } = work;
    requireRelationship(requireTable(metadata, table), relationship);
    const lost: Reference = { kind: 'relationship', table, name: relationship };
    const dependents = dependentsOf(lost, dependencies(state));
    refuseDependents(metadata, dependents, cascade);
    await work.acceptWithout(dropAll(metadata, [...dependents, lost]));
  },
);

function requireRelationship(table: TableMetadata, name: string): Kind {
  if (table.object_relationships?.some(relationship => relationship.name === name)) return 'object';
  if (table.array_relationships?.some(relationship => relationship.name === name)) return 'array';
  throw refusal('not-exists', `${quoted(name)} does not exist`);
}

const renaming = object('RenameRel', {
  table: required(qualifiedName),
  name: required(nonEmptyText),
  new_name: required(nonEmptyText),
});

export const renameRelationshipCommand = sourceCommand(
  'rename_relationship',
  renaming,
  async ({ table, name, new_name }, work) => {
    const { metadata, model } = work;
    const found = requireTable(metadata, table);
    requireRelationship(found, name);
    if (isTaken(found, new_name, work)) throw takenByNew(table, name, new_name);
    await work.acceptWithout(renameRelationship(metadata, model, table, name, new_name));
  },
);

function takenByNew(table: QualifiedName, name: string, next: string): Error {
  const what = `cannot rename relationship ${quoted(name)} to ${quoted(next)} in table ${quotedName(table)}`;
  return refusal('already-exists', `${what} as a column/relationship with the name already exists`);
}

const commenting = object('SetRelComment', {
  table: required(qualifiedName),
  relationship: required(nonEmptyText),
  comment: optional(nullable(text)),
});

export const setRelationshipComment = sourceCommand(
  'set_relationship_comment',
  commenting,
  async ({ table, relationship, comment }, work) => {
    const kind = requireRelationship(requireTable(work.metadata, table), relationship);
    await work.accept(
      editTable(work.metadata, table, old => commented(old, listOf[kind], relationship, comment)),
    );
  },
);

function commented(
  table: TableMetadata,
  key: (typeof listOf)[Kind],
  name: string,
  comment: string | null | undefined,
): TableMetadata {
  const said = (relationship: ObjectRelationship | ArrayRelationship) => {
    if (relationship.name !== name) return relationship;
    const { comment: _, ...rest } = relationship;
    return typeof comment === 'string' ? { ...rest, comment } : rest;
  };
  return { ...table, [key]: (table[key] ?? []).map(said) };
}

const suggesting = object('SuggestRels', {
  tables: optional(nullable(list(qualifiedName))),
  omit_tracked: flag(boolean),
});

export const suggestRelationships = sourceCommand(
  'suggest_relationships',
  suggesting,
  ({ tables, omit_tracked = false }, work) => {
    const wanted = tables ? new Set(tables.map(nameKey)) : undefined;
    return Promise.resolve({ relationships: suggestions(work.state, wanted, omit_tracked) });
  },
);

const remote = withTable(remoteRelationship);

const saveRemote =
  (isNew: boolean) =>
  async (
    { table, part }: { table: QualifiedName; part: Parameters<typeof withRemote>[2] },
    work: Workspace,
  ) => {
    const { metadata } = work;
    const known =
      requireTable(metadata, table).remote_relationships?.some(({ name }) => name === part.name) ?? false;
    if (isNew && known)
      throw refusal('already-exists', `remote relationship ${quoted(part.name)} already exists`);
    if (!isNew && !known)
      throw refusal('not-exists', `remote relationship ${quoted(part.name)} does not exist`);
    await work.acceptFor(
      withRemote(metadata, table, part),
      remoteRelationshipObject(sourceName(metadata), table, part.name).name,
    );
    return success;
  };

const withRemote = (
  metadata: Metadata,
  table: QualifiedName,
  relationship: NonNullable<TableMetadata['remote_relationships']>[number],
): Metadata =>
  editTable(metadata, table, old =>
    withItem(old, 'remote_relationships', relationship, ({ name }) => name === relationship.name),
  );

export const createRemoteRelationship = sourceCommand('create_remote_relationship', remote, saveRemote(true));
export const updateRemoteRelationship = sourceCommand(
  'update_remote_relationship',
  remote,
  saveRemote(false),
);

const removing = object('DeleteRemoteRelationship', {
  table: required(qualifiedName),
  name: required(nonEmptyText),
});
export const deleteRemoteRelationship = sourceCommand(
  'delete_remote_relationship',
  removing,
  async ({ table, name }, work) => {
    const found = requireTable(work.metadata, table);
    if (!found.remote_relationships?.some(item => item.name === name)) {
      throw refusal('not-exists', `remote relationship ${quoted(name)} does not exist`);
    }
    const next = editTable(work.metadata, table, old =>
      withoutItem(old, 'remote_relationships', item => item.name === name),
    );
    await work.acceptWithout(next);
  },
);
