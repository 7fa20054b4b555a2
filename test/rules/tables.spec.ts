import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../support';

/** Tables without a time of making, and why. */
const timeless: Record<string, string> = {
  'auth.roles': 'as Nhost has it: a list of names',
  'auth.providers': 'as Nhost has it: a list of names',
  'auth.refresh_token_types': 'as Nhost has it: a list of names',
};

const ours = `
  select c.oid, n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'auth', 'storage', 'ops') and c.relkind = 'r' and n.nspname || '.' || c.relname <> 'ops.migrations'
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
const has = (column: string) =>
  `exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = '${column}' and not a.attisdropped)`;

describe('every table', () => {
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await testDatabase();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const tables = async (condition: string): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(
      `select name from (${ours}) t where ${condition} order by 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('says what it is', async () => {
    expect(await tables('true')).not.toHaveLength(0);
    expect(await tables(`coalesce(obj_description(t.oid, 'pg_class'), '') = ''`)).toEqual([]);
  });

  it('knows when each of its rows was made, but for those that are named with a reason', async () => {
    expect(await tables(`not ${has('created_at')}`)).toEqual(Object.keys(timeless).sort());
  });

  it('that knows when a row was changed keeps that by itself', async () => {
    const byTrigger = `exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgname = 'touch' and g.tgenabled = 'O')`;
    expect(await tables(`${has('updated_at')} and not ${byTrigger}`)).toEqual([]);
  });
});
