import { defineSettings, duration, integer, url } from '../settings';

const postgres = url({ protocols: ['postgres', 'postgresql'] });

/** The database as services see it: row level security binds this login. */
export const appDatabaseSettings = defineSettings('app-database', {
  url: { env: 'APP_DATABASE_URL', meaning: 'Postgres for the services; role nself_app.', shape: postgres },
  connections: {
    env: 'APP_DATABASE_CONNECTIONS',
    meaning: 'Connections that one service may hold at most.',
    shape: integer({ min: 1, max: 1000 }),
    default: 10,
  },
});

/** The database as the auth service sees it. */
export const authDatabaseSettings = defineSettings('auth-database', {
  url: {
    env: 'AUTH_DATABASE_URL',
    meaning: 'Postgres for the auth service; role nself_auth.',
    shape: postgres,
  },
  connections: {
    env: 'AUTH_DATABASE_CONNECTIONS',
    meaning: 'Connections that the auth service may hold at most.',
    shape: integer({ min: 2, max: 1000 }),
    default: 10,
  },
});

/** The database past the walls of the families: only for the few jobs of the platform. */
export const adminDatabaseSettings = defineSettings('admin-database', {
  url: {
    env: 'ADMIN_DATABASE_URL',
    meaning: 'Postgres for jobs of the platform; role nself_admin, which sees every family.',
    shape: postgres,
  },
  connections: {
    env: 'ADMIN_DATABASE_CONNECTIONS',
    meaning: 'Connections that such jobs may hold at most in one service.',
    shape: integer({ min: 1, max: 100 }),
    default: 2,
  },
});

/** Time limits of every connection of a service. */
export const databaseLimitSettings = defineSettings('database-limits', {
  statementTimeout: {
    env: 'DATABASE_STATEMENT_TIMEOUT',
    meaning: 'After this a statement is ended by Postgres.',
    shape: duration(),
    default: 30_000,
  },
  connectTimeout: {
    env: 'DATABASE_CONNECT_TIMEOUT',
    meaning: 'How long a request waits for a connection before it is refused.',
    shape: duration(),
    default: 10_000,
  },
});
