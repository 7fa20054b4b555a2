import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** A migrated database of its own, as each of the roles sees it. */
export interface TestDatabase extends EmptyDatabase {
  /** As nself_app: what the services use. */
  readonly appUrl: string;
  /** As nself_auth: what the auth service uses. */
  readonly authUrl: string;
  /** As nself_admin, past every row rule. */
  readonly adminUrl: string;
}

export interface EmptyDatabase {
  readonly name: string;
  /** As the superuser of the test server, who may do everything. */
  readonly ownerUrl: string;
  /** Throws the database away; connections that are still open are cut. */
  drop(): Promise<void>;
}

const migrations = join(__dirname, '..', '..', 'migrations');

// The same in every run, because roles belong to the whole server and runs may share one.
const passwords = { app: 'test-app', auth: 'test-auth', admin: 'test-admin' };

/** A database with our schema and no rows, cloned from a template that is migrated once per state of `migrations/`. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = await withServer(ensureTemplate);
  const database = await createDatabase(`template ${template}`);
  await letRolesIn(database.name);
  return {
    ...database,
    appUrl: urlOf(database.name, 'nself_app', passwords.app),
    authUrl: urlOf(database.name, 'nself_auth', passwords.auth),
    adminUrl: urlOf(database.name, 'nself_admin', passwords.admin),
  };
}

/** A database without anything of ours. */
export function emptyDatabase(): Promise<EmptyDatabase> {
  return createDatabase('template template0 encoding UTF8');
}

async function createDatabase(how: string): Promise<EmptyDatabase> {
  const name = `nself_test_${randomBytes(6).toString('hex')}`;
  await withServer(server => server.query(`create database ${name} ${how}`));
  return {
    name,
    ownerUrl: urlOf(name),
    drop: async () => {
      await withServer(server => server.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Makes the template when this state of the migrations has none yet; runs side by side wait for each other. */
async function ensureTemplate(server: Client): Promise<string> {
  const name = `nself_template_${hashOfMigrations()}`;
  const { migrateUp } = await import('../../migrations/index.js');
  await server.query(`select pg_advisory_lock(hashtext('nself_template'))`);
  const { rowCount } = await server.query('select from pg_database where datname = $1', [name]);
  if (rowCount) return name;
  await server.query(`drop database if exists ${name}_new with (force)`);
  await server.query(`create database ${name}_new template template0 encoding UTF8`);
  await letRolesIn(`${name}_new`);
  await migrateUp(urlOf(`${name}_new`));
  await server.query(`alter database ${name}_new rename to ${name}`);
  return name;
}

/** A clone has its template's schema, but not what the template's database granted. */
async function letRolesIn(database: string): Promise<void> {
  const { bootstrapRoles } = await import('../../migrations/index.js');
  await bootstrapRoles(urlOf(database), passwords);
}

function hashOfMigrations(): string {
  const files = readdirSync(migrations, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(migrations, file)));
  return hash.digest('hex').slice(0, 12);
}

/** One connection to the test server; closing it gives the lock back too. */
async function withServer<T>(work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: urlOf('postgres') });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

function urlOf(database: string, user?: string, password?: string): string {
  const url = new URL(process.env.TEST_DATABASE_URL ?? missing('TEST_DATABASE_URL'));
  url.pathname = `/${database}`;
  if (user && password) Object.assign(url, { username: user, password });
  return url.href;
}

function missing(name: string): never {
  throw new Error(`${name} is not set: run the test through jest, whose global set-up starts the servers`);
}
