import { Client } from 'pg';
import { DataSource, MigrationExecutor } from 'typeorm';
import { migrations } from './list';

/** One migration that was run or undone: `done` of `total`. */
export interface MigrationStep {
  name: string;
  done: number;
  total: number;
}

export interface MigrationStatus {
  applied: string[];
  pending: string[];
}

/**
 * Runs every pending migration, each in a transaction of its own: a process that is killed leaves a database on the
 * border between two of them, and the next run goes on from there.
 *
 * @param url a login that is a member of `nself_owner` (see `bootstrapRoles`)
 * @param progress is told after each migration
 * @param atMost how many to run
 * @returns the names of those that ran
 * @throws the database's own error; the failed migration has left nothing behind
 */
export async function migrateUp(
  url: string,
  progress?: (step: MigrationStep) => void,
  atMost = Infinity,
): Promise<string[]> {
  return underLock(url, async source => {
    const pending = (await statusOf(source)).pending.slice(0, atMost);
    for (const [index, name] of pending.entries()) {
      await runOne(source, name);
      progress?.({ name, done: index + 1, total: pending.length });
    }
    return pending;
  });
}

/** Undoes the newest migrations, `steps` of them, each in a transaction of its own; returns their names. */
export async function migrateDown(url: string, steps = 1): Promise<string[]> {
  return underLock(url, async source => {
    const { applied } = await statusOf(source);
    const undone = applied.reverse().slice(0, steps);
    for (let step = 0; step < undone.length; step++) await source.undoLastMigration({ transaction: 'each' });
    return undone;
  });
}

/** Which migrations have run and which are pending, oldest first. Works on an empty database too. */
export async function migrationStatus(url: string): Promise<MigrationStatus> {
  const source = dataSource(url);
  await source.initialize();
  try {
    return await statusOf(source);
  } finally {
    await source.destroy();
  }
}

async function statusOf(source: DataSource): Promise<MigrationStatus> {
  const names = migrations.map(migration => migration.name);
  const [{ known }] = await source.query(`select to_regclass('ops.migrations') is not null as known`);
  const rows: { name: string }[] = known ? await source.query('select name from ops.migrations') : [];
  const ran = new Set(rows.map(row => row.name));
  return { applied: names.filter(name => ran.has(name)), pending: names.filter(name => !ran.has(name)) };
}

/** TypeORM runs all that are pending or none; one at a time, progress can be told between them. */
async function runOne(source: DataSource, name: string): Promise<void> {
  await source.transaction(async ({ queryRunner }) => {
    const executor = new MigrationExecutor(source, queryRunner);
    const migration = (await executor.getPendingMigrations()).find(pending => pending.name === name);
    if (migration) await executor.executeMigration(migration);
  });
}

/** Two that migrate at once take turns. The lock is the session's: it falls when the process dies. */
async function underLock<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const keeper = new Client(connection(url));
  const source = dataSource(url);
  // Who has lost the lock must not go on: whoever took it since is at work on the same schema.
  keeper.on('error', () => void source.destroy().catch(() => undefined));
  await keeper.connect();
  try {
    await keeper.query(`select pg_advisory_lock(hashtextextended('nself migrations', 0))`);
    await keeper.query('create schema if not exists ops');
    await source.initialize();
    return await work(source);
  } finally {
    if (source.isInitialized) await source.destroy();
    await keeper.end().catch(() => undefined);
  }
}

const connection = (url: string) => ({
  connectionString: url,
  application_name: 'nself migrations',
  options: '-c role=nself_owner -c client_min_messages=warning',
});

function dataSource(url: string): DataSource {
  const { options, application_name } = connection(url);
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: application_name,
    extra: { options, max: 1 },
    schema: 'ops',
    migrationsTableName: 'migrations',
    migrations,
    installExtensions: false,
  });
}
