export {
  adminDatabaseSettings,
  appDatabaseSettings,
  authDatabaseSettings,
  databaseLimitSettings,
} from './database.settings';
export * from './pipeline';
export { assertPostgresVersion, OLDEST_POSTGRES } from './postgres-version';
export { SafePool, type Queryable } from './safe-pool';
