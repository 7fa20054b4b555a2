/** The API of one role: GraphQL types and planners, built by the same code. */
export { buildRoleSchema, roleContext, type RoleSchema } from './build';
export type { RoleContext, RoleOptions } from './context';
export type { RootType } from './root-type';
export { codecOf, encodeAny, encodeMembers, pgTypes } from './scalars';
export { field, inputField, plannedMembers, type Field, type FieldMap, type InputFieldMap } from './field';
export { stringified } from './tables/columns';
export { columnOperand } from './tables/visible';
export { defaultCell, keeping, presetAssignments, presetParams, writableColumns } from './mutations';
