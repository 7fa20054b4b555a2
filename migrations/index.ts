/** The schema's one door: everything that makes, undoes and examines it. */
export { bootstrapRoles, type RolePasswords } from './support';
export { migrateDown, migrateUp, migrationStatus, type MigrationStatus, type MigrationStep } from './run';
