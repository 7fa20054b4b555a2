export { bootstrapRoles, type RolePasswords } from './roles';
export { hiddenBy, protectTenantTable, type TenantRules } from './tenant-table';
export { crossFamilies } from './definer';
