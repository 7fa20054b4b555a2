/** The schema's one door: everything that makes, undoes and examines it. */
export { crossings, familyless, schemaSnapshot, tenancyFaults, type TenancyFault } from './catalogue';
export { bootstrapRoles, type RolePasswords } from './support';
export { migrateDown, migrateUp, migrationStatus, type MigrationStatus, type MigrationStep } from './run';
