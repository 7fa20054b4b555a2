import { inheritedRole, nonEmptyText, object, required } from '@nself/hasura-metadata';
import { inheritedRoleObject, quoted } from '../../model';
import { command, refusal } from '../command';
import { removed } from '../edit/edit';

/** An inherited role that is there already is replaced. */
export const addInheritedRole = command('add_inherited_role', inheritedRole, async (role, work) => {
  const { metadata } = work;
  if (role.role_set.includes(role.role_name)) {
    throw refusal('invalid-configuration', 'an inherited role name cannot be in the role combination');
  }
  const others = (metadata.inherited_roles ?? []).filter(({ role_name }) => role_name !== role.role_name);
  const next = { ...metadata, inherited_roles: [...others, role] };
  await work.acceptFor(next, inheritedRoleObject(role.role_name, role).name);
});

const dropping = object('DropInheritedRole', { role_name: required(nonEmptyText) });

export const dropInheritedRole = command('drop_inherited_role', dropping, async ({ role_name }, work) => {
  const { metadata } = work;
  const missing = refusal('not-exists', `inherited role ${quoted(role_name)} does not exist`);
  const kept = removed(metadata.inherited_roles, role => role.role_name === role_name, missing);
  await work.acceptWithout({ ...metadata, inherited_roles: kept });
});
