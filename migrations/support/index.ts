export * from './conditions';
export { crossFamilies } from './definer';
export { bootstrapRoles, type RolePasswords } from './roles';
export { protectTenantTable, type TenantRules } from './tenant-table';
