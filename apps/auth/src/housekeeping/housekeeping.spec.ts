import { Client } from 'pg';
import { newEmail, PASSWORD } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { Housekeeping } from './housekeeping';

describe('housekeeping', () => {
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth();
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  const count = async (table: string): Promise<number> =>
    Number((await database.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]?.count);

  it('sweeps out what has expired, and nothing else', async () => {
    const email = newEmail('swept');
    const browser = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    await auth.browser().post('/v1/user/password/reset', { email });
    await auth.mailbox.next(email);
    await auth.browser().post('/v1/device/code', {});
    await auth.part(Housekeeping).sweep();
    const tables = ['auth.tickets', 'auth.device_pairings', 'auth.sessions', 'auth.refresh_tokens'];
    expect(await Promise.all(tables.map(count))).toEqual([1, 1, 1, 1]);
    expect((await browser.get('/v1/auth/me')).status).toBe(200);
    for (const table of tables)
      await database.query(`update ${table} set expires_at = now() - interval '1 year'`);
    await auth.part(Housekeeping).sweep();
    expect(await Promise.all(tables.map(count))).toEqual([0, 0, 0, 0]);
  });
});
