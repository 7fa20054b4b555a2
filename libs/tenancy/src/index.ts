/**
 * Families kept apart: the context of a request, the one door to the database, and the loud way past the walls.
 */
export * from './context';
export * from './door';
export { Platform } from './platform';
export { TenancyModule, tenancySettings, type TenancyOptions } from './tenancy.module';
