import { parseMetadata, type Json, type Metadata } from '@nself/hasura-metadata';
import { Client } from 'pg';
import { tenancyFaults } from '../../migrations';
import { testDatabase, type TestDatabase } from '../support';
import { attemptsOn } from './isolation-attempts';
import { ForgetfulEngine, opened, walled } from './isolation-engine';
import {
  familyTables,
  fillFamily,
  insertText,
  rowOf,
  sampleRow,
  type FamilyTable,
  type FilledFamily,
} from './isolation-world';

/** A wall that nobody sees fall is no wall: each is taken down once, and the same attempts then have to arrive. */
describe('taking down one wall', () => {
  let database: TestDatabase;
  let owner: Client;
  let tables: FamilyTable[];
  let ours: FilledFamily;
  let theirs: FilledFamily;

  beforeEach(async () => {
    database = await testDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    tables = await familyTables(owner);
    [ours, theirs] = [await fillFamily(owner, tables), await fillFamily(owner, tables)];
  });
  afterEach(async () => {
    await owner.end();
    await database.drop();
  });

  it('is quiet while all stand', async () => {
    expect(await arrivals('posts', opened(), database.appUrl)).toEqual([]);
    expect(await arrivals('posts', walled(), database.ownerUrl)).toEqual([]);
  });

  it('a policy: row security alone no longer holds, and the catalogue says where', async () => {
    await owner.query('drop policy tenant_wall on posts');
    expect(await arrivals('posts', opened(), database.appUrl)).toContain('read by key');
    expect(await arrivals('albums', opened(), database.appUrl)).toEqual([]);
    expect((await tenancyFaults(database.ownerUrl)).map(({ object }) => object)).toContain('public.posts');
  });

  it('a permission: permissions alone no longer hold', async () => {
    const widened = withPermission('posts', 'select', filter => ({ ...filter, filter: {} }));
    expect(await arrivals('posts', widened, database.ownerUrl)).toEqual(['read', 'read by key', 'count']);
    expect(await arrivals('posts', widened, database.appUrl)).toEqual([]);
  });

  it('a permission to write: the same', async () => {
    const widened = withPermission('albums', 'delete', filter => ({ ...filter, filter: {} }));
    expect(await arrivals('albums', widened, database.ownerUrl)).toEqual(['delete', 'delete by key']);
  });

  it('a foreign key that forgets the family: a row points across, and the catalogue says where', async () => {
    const assets = tables.find(({ name }) => name === 'public.post_assets')!;
    const across = { ...sampleRow(assets, ours), post_id: theirs.rows.get('public.posts')!['id'] };
    const write = () => owner.query(insertText(assets.name, across), Object.values(across));
    await expect(write()).rejects.toMatchObject({ code: '23503' });
    await owner.query(`alter table post_assets drop constraint post_assets_family_id_post_id_fkey,
      add constraint forgetful foreign key (post_id) references posts (id)`);
    await write();
    expect((await tenancyFaults(database.ownerUrl)).map(({ object }) => object)).toContain(
      'public.post_assets.forgetful',
    );
  });

  /** The kinds of attempts, as an owner of another family, that arrive at a row of the table. */
  async function arrivals(name: string, metadata: Metadata, url: string): Promise<string[]> {
    const engine = await ForgetfulEngine.open(url, metadata);
    try {
      const table = metadata.sources[0]!.tables.find(
        ({ table }) => (table as { name: string }).name === name,
      )!;
      const row = (await rowOf(owner, { schema: 'public', name }, theirs))!;
      const arrived: string[] = [];
      for (const attempt of attemptsOn(table, 'owner', row)) {
        const outcome = await engine.ask(ours, 'owner', attempt.query, attempt.variables);
        if ('data' in outcome && attempt.reached(outcome.data)) arrived.push(attempt.kind);
      }
      return arrived;
    } finally {
      await engine.close();
    }
  }

  /** The declared API with the owner's permission on one table changed. */
  function withPermission(
    name: string,
    verb: 'select' | 'delete',
    change: (permission: object) => object,
  ): Metadata {
    const metadata = JSON.parse(JSON.stringify(walled())) as {
      sources: { tables: (Record<string, unknown> & { table: { name: string } })[] }[];
    };
    const table = metadata.sources[0]!.tables.find(({ table }) => table.name === name)!;
    const permissions = table[`${verb}_permissions`] as { role: string; permission: object }[];
    for (const entry of permissions) if (entry.role === 'owner') entry.permission = change(entry.permission);
    return parseMetadata(metadata as unknown as Json);
  }
});
