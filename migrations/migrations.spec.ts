import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { emptyDatabase, type EmptyDatabase } from '../test/support';
import { familyTables, fillFamily } from '../test/tenancy/isolation-world';
import { bootstrapRoles, migrateDown, migrateUp, migrationStatus, schemaSnapshot } from '.';
import { climb, downAndUpAgain } from './borders.fixture';
import { migrations } from './list';
import { Trap } from './trap.fixture';

// Thousands of statements on a machine that may be busy with something else.
jest.setTimeout(900_000);

const snapshotFile = join(__dirname, 'schema.snapshot.sql');
const passwords = { app: 'test-app', auth: 'test-auth', admin: 'test-admin' };
const draws = Number(process.env.MIGRATION_KILLS ?? 50);

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
    await migrateUp(database.ownerUrl);
    await fill();
    await downAndUpAgain(database.ownerUrl);
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

  it(`leave nothing of a migration behind when they are killed at any statement, and go on from there (${draws} draws)`, async () => {
    const borders = await climb(database.ownerUrl);
    const trap = await Trap.set(database.ownerUrl);
    await startOver();
    await migrateUp(database.ownerUrl);
    const stretch = (await trap.passed()) / 5;
    for (let kills = 0; kills < draws;) {
      await startOver();
      while (await trap.catches(() => migrateUp(database.ownerUrl), Math.ceil(Math.random() * stretch))) {
        kills++;
        const { applied } = await migrationStatus(database.ownerUrl);
        if (applied.length > 0) expect(await schemaSnapshot(database.ownerUrl)).toBe(borders[applied.length]);
      }
      expect(await schemaSnapshot(database.ownerUrl)).toBe(borders.at(-1));
    }
    await trap.end();
  });

  const startOver = () => migrateDown(database.ownerUrl, migrations.length);

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
});
