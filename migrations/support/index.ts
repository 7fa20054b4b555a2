export { bootstrapRoles, type RolePasswords } from './roles';
export { protectTenantTable, type TenantRules } from './tenant-table';
export { crossFamilies } from './definer';
