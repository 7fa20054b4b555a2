/** The API of one role: GraphQL types and planners, built by the same code. */
export { buildRoleSchema, type RoleSchema } from './build';
export { RoleContext, type RoleOptions } from './context';
export { field, inputField, plannedMembers, type Field, type FieldMap, type InputFieldMap } from './field';
