export { ANONYMOUS, familyOfActor, inRole, type Actor, type KeyRate, type SessionVariables } from './actor';
export { isScope, SCOPES, type Scope } from './scopes';
export { HASURA_ROLES, hasuraRoleOf, isRoleName, type HasuraRole, type MemberRole } from './roles';
