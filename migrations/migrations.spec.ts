import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { emptyDatabase, type EmptyDatabase } from '../test/support';
import { familyTables, fillFamily } from '../test/tenancy/isolation-world';
import { bootstrapRoles, migrateDown, migrateUp, migrationStatus, schemaSnapshot } from '.';
import { migrations } from './list';

// Thousands of statements on a machine that may be busy with something else.
jest.setTimeout(900_000);

const snapshotFile = join(__dirname, 'schema.snapshot.sql');
const passwords = { app: 'test-app', auth: 'test-auth', admin: 'test-admin' };
const draws = Number(process.env.MIGRATION_KILLS ?? 8);

describe('migrations', () => {
  let database: EmptyDatabase;

  beforeEach(async () => {
    database = await emptyDatabase();
    await bootstrapRoles(database.ownerUrl, passwords);
  });
  afterEach(() => database.drop());

  it('make the schema that is committed as schema.snapshot.sql', async () => {
    await migrateUp(database.ownerUrl);
    const schema = await schemaSnapshot(database.ownerUrl);
    if (process.env.UPDATE_SCHEMA_SNAPSHOT) writeFileSync(snapshotFile, schema);
    const committed = readFileSync(snapshotFile, 'utf8');
    // Before version 16 Postgres wrote out views in other words: there all but the views are compared.
    const comparable = (await majorVersion()) < 16 ? withoutViews : (text: string) => text;
    expect(comparable(schema)).toBe(comparable(committed));
  });

  it('are each undone to exactly what was there before, and made again, with rows in every table', async () => {
    const before: string[] = [];
    for (const step of migrations) {
      before.push(await schemaSnapshot(database.ownerUrl));
      await upTo(step.name);
    }
    const after = await schemaSnapshot(database.ownerUrl);
    await fill();
    while (before.length > 1) {
      await migrateDown(database.ownerUrl);
      expect(await schemaSnapshot(database.ownerUrl)).toBe(before.pop());
    }
    await migrateDown(database.ownerUrl);
    await migrateUp(database.ownerUrl);
    expect(await schemaSnapshot(database.ownerUrl)).toBe(after);
    await fill();
  });

  it('tell what is applied, what is pending, and each step on the way', async () => {
    const all = migrations.map(migration => migration.name);
    expect(await migrationStatus(database.ownerUrl)).toEqual({ applied: [], pending: all });
    const steps: string[] = [];
    await migrateUp(database.ownerUrl, ({ name, done, total }) => steps.push(`${done}/${total} ${name}`));
    expect(steps).toEqual(all.map((name, index) => `${index + 1}/${all.length} ${name}`));
    await migrateDown(database.ownerUrl, 2);
    expect((await migrationStatus(database.ownerUrl)).pending).toEqual(all.slice(-2));
  });

  it('take turns when two installations start at once', async () => {
    const ran = await Promise.all([migrateUp(database.ownerUrl), migrateUp(database.ownerUrl)]);
    expect(ran.flat().sort()).toEqual(migrations.map(migration => migration.name).sort());
  });

  it(`can be killed at any statement and run again (${draws} draws)`, async () => {
    await migrateUp(database.ownerUrl);
    const whole = await schemaSnapshot(database.ownerUrl);
    await migrateDown(database.ownerUrl, migrations.length);
    let killed = 0;
    for (let draw = 0; draw < draws; draw++) {
      if (await killedOnTheWay(draw / draws)) killed++;
      await migrateUp(database.ownerUrl);
      expect(await schemaSnapshot(database.ownerUrl)).toBe(whole);
      await migrateDown(database.ownerUrl, migrations.length);
    }
    expect(killed).toBeGreaterThan(0);
  });

  /** Two families that own a row of every table. */
  async function fill(): Promise<void> {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const tables = await familyTables(client);
    for (let family = 0; family < 2; family++) await fillFamily(client, tables);
    await client.end();
  }

  const withoutViews = (text: string) => text.replace(/^-- views\n[^]*?(?=^-- constraints$)/m, '');

  async function majorVersion(): Promise<number> {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    await client.end();
    return Math.floor(Number(rows[0]?.version) / 10_000);
  }

  async function upTo(name: string): Promise<void> {
    const { pending } = await migrationStatus(database.ownerUrl);
    expect(pending[0]).toBe(name);
    await migrateUp(database.ownerUrl, undefined, 1);
  }

  /** Ends the backends at a moment that moves through the whole run; whether they were still at work. */
  async function killedOnTheWay(share: number): Promise<boolean> {
    const started = performance.now();
    const run = migrateUp(database.ownerUrl).then(
      () => false,
      () => true,
    );
    await new Promise(resolve => setTimeout(resolve, share * typical + Math.random() * 20));
    await endBackends();
    const killed = await run;
    if (!killed) typical = Math.max(20, (performance.now() - started) * 0.8);
    return killed;
  }

  let typical = 300;

  async function endBackends(): Promise<void> {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and application_name = 'nself migrations'`);
    await client.end();
  }
});
