import { Client } from 'pg';
import { roleUrl, type PostgresServer, type StackPlan } from '@nself/dev-stack';

/** Makes the database of the stack in our own server when it is not there yet. */
export async function ensureDatabase(server: PostgresServer, name: string): Promise<void> {
  const client = new Client({ connectionString: server.url() });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * Makes the roles and gives them the passwords of this stack. Where the roles' addresses are configured by hand, their
 * roles are somebody else's care.
 */
export async function bootstrap(plan: StackPlan): Promise<void> {
  if (plan.given.APP_DATABASE_URL) return;
  const { bootstrapRoles } = await import('../../../../migrations/index.js');
  const passwordOf = (role: 'app' | 'auth' | 'admin'): string =>
    decodeURIComponent(new URL(roleUrl(plan, role)).password);
  await bootstrapRoles(plan.databaseUrl, {
    app: passwordOf('app'),
    auth: passwordOf('auth'),
    admin: passwordOf('admin'),
  });
}

/** Brings roles and schema up to date. @returns the names of the migrations that were run. */
export async function upgradeSchema(
  plan: StackPlan,
  progress?: (step: { name: string; done: number; total: number }) => void,
): Promise<readonly string[]> {
  const { migrateUp } = await import('../../../../migrations/index.js');
  await bootstrap(plan);
  return migrateUp(plan.databaseUrl, progress);
}
