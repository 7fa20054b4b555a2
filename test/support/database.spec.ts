import { Client } from 'pg';
import { emptyDatabase, testDatabase } from './database';

describe('test databases', () => {
  it('are migrated, apart from each other, and open to each role as itself', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
    await ask(one.ownerUrl, 'create table public.only_here ()');
    expect(await ask(two.ownerUrl, `select to_regclass('public.only_here')`)).toEqual([null]);
    expect(await ask(one.appUrl, 'select current_user')).toEqual(['nself_app']);
    expect(await ask(one.authUrl, 'select current_user')).toEqual(['nself_auth']);
    expect(await ask(one.adminUrl, 'select current_user')).toEqual(['nself_admin']);
    expect(await ask(one.ownerUrl, `select to_regclass('public.families') is not null`)).toEqual([true]);
    await Promise.all([one.drop(), two.drop()]);
    await expect(ask(one.ownerUrl, 'select')).rejects.toThrow('does not exist');
  });

  it('can be empty', async () => {
    const empty = await emptyDatabase();
    expect(await ask(empty.ownerUrl, `select to_regclass('public.families')`)).toEqual([null]);
    await empty.drop();
  });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}
