import {
  boolean,
  deletePermission,
  flag,
  insertPermission,
  nonEmptyText,
  nullable,
  object,
  oneOf,
  optional,
  permissionOf,
  qualifiedName,
  required,
  selectPermission,
  text,
  updatePermission,
  type PermissionEntry,
  type QualifiedName,
  type Shape,
  type TableMetadata,
  type Verb,
} from '@nself/hasura-metadata';
import { ADMIN } from '../../executor';
import { permissionObject, quoted, quotedName } from '../../model';
import { refusal, sourceCommand } from '../command';
import { withoutPermission } from '../dependencies';
import { editTable, requireTable, sourceName } from '../edit/edit';

const creating = <T>(permission: Shape<T>): Shape<{ table: QualifiedName; entry: T }> => {
  const of = object('WithTable', { table: required(qualifiedName) });
  return (value, path) => ({ entry: permission(value, path), table: of(value, path).table });
};

const keyOf = (verb: Verb) => `${verb}_permissions` as const;

const hasPermission = (table: TableMetadata, verb: Verb, role: string): boolean =>
  (table[keyOf(verb)] ?? []).some(entry => entry.role === role);

function createPermission<V extends Verb>(verb: V, shape: Shape<PermissionEntry<V>>) {
  return sourceCommand(`create_${verb}_permission`, creating(shape), async ({ table, entry }, work) => {
    const { metadata } = work;
    // The admin has every permission already.
    if (hasPermission(requireTable(metadata, table), verb, entry.role) || entry.role === ADMIN) {
      const where = `on table ${quotedName(table)} with role ${quoted(entry.role)}`;
      throw refusal('already-exists', `${verb} permission already defined ${where}`);
    }
    const next = editTable(metadata, table, old => ({
      ...old,
      [keyOf(verb)]: [...(old[keyOf(verb)] ?? []), entry],
    }));
    await work.acceptFor(next, permissionObject(sourceName(metadata), table, verb, entry).name);
  });
}

export const createInsertPermission = createPermission('insert', permissionOf(insertPermission));
export const createSelectPermission = createPermission('select', permissionOf(selectPermission));
export const createUpdatePermission = createPermission('update', permissionOf(updatePermission));
export const createDeletePermission = createPermission('delete', permissionOf(deletePermission));

const dropping = object('DropPerm', {
  table: required(qualifiedName),
  role: required(nonEmptyText),
  cascade: flag(boolean),
});

const notDefined = (verb: Verb, table: QualifiedName, role: string) =>
  refusal(
    'permission-denied',
    `${verb} permission on ${quotedName(table)} for role ${quoted(role)} does not exist`,
  );

const dropPermission = (verb: Verb) =>
  sourceCommand(`drop_${verb}_permission`, dropping, async ({ table, role }, work) => {
    if (!hasPermission(requireTable(work.metadata, table), verb, role)) throw notDefined(verb, table, role);
    await work.acceptWithout(editTable(work.metadata, table, old => withoutPermission(old, verb, role)));
  });

export const dropInsertPermission = dropPermission('insert');
export const dropSelectPermission = dropPermission('select');
export const dropUpdatePermission = dropPermission('update');
export const dropDeletePermission = dropPermission('delete');

const commenting = object('SetPermComment', {
  table: required(qualifiedName),
  role: required(nonEmptyText),
  type: required(oneOf('insert', 'select', 'update', 'delete')),
  comment: optional(nullable(text)),
});

export const setPermissionComment = sourceCommand(
  'set_permission_comment',
  commenting,
  async ({ table, role, type, comment }, work) => {
    if (!hasPermission(requireTable(work.metadata, table), type, role)) throw notDefined(type, table, role);
    const said = (entry: PermissionEntry): PermissionEntry => {
      const { comment: _, ...rest } = entry;
      return typeof comment === 'string' ? { ...rest, comment } : rest;
    };
    await work.accept(
      editTable(work.metadata, table, old => ({
        ...old,
        [keyOf(type)]: (old[keyOf(type)] ?? []).map(entry => (entry.role === role ? said(entry) : entry)),
      })),
    );
  },
);
