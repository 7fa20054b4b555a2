import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { newEmail, PASSWORD } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { Housekeeping } from './housekeeping';

/** Tables whose rows say when they expire. */
const EXPIRING = [
  'auth.tickets',
  'auth.device_pairings',
  'auth.sessions',
  'auth.refresh_tokens',
  'auth.nonces',
  'auth.revocations',
  'auth.pkce_codes',
  'ops.idempotency_keys',
  'ops.outbox',
];

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

  async function counts(tables: readonly string[]): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const table of tables) found[table] = await count(table);
    return found;
  }

  const all = (tables: readonly string[], number: number) =>
    Object.fromEntries(tables.map(table => [table, number]));

  it('sweeps out what has expired, and nothing else', async () => {
    const email = newEmail('swept');
    const browser = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    await auth.browser().post('/v1/user/password/reset', { email });
    await auth.mailbox.next(email);
    await auth.browser().post('/v1/device/code', {});
    await fill(browser.userId);
    const tables = [...EXPIRING, 'auth.totp_uses'];
    await auth.part(Housekeeping).sweep();
    expect(await counts(tables)).toEqual({ ...all(tables, 1), 'ops.outbox': 2 });
    expect((await browser.get('/v1/auth/me')).status).toBe(200);
    for (const table of EXPIRING)
      await database.query(`update ${table} set expires_at = now() - interval '1 year'`);
    await database.query(`update ops.outbox set delivered_at = now() - interval '1 year'`);
    await database.query(`update auth.totp_uses set created_at = now() - interval '1 year'`);
    await auth.part(Housekeeping).sweep();
    expect(await counts(tables)).toEqual(all(tables, 0));
  });

  it('keeps a session that was ended for a while, and a live one as long as it lives', async () => {
    const gone = await auth.browser().enter('/v1/auth/register', { email: newEmail(), password: PASSWORD });
    await gone.post('/v1/auth/logout');
    await auth.browser().enter('/v1/auth/register', { email: newEmail(), password: PASSWORD });
    await auth.part(Housekeeping).sweep();
    expect(await count('auth.sessions')).toBe(2);
    await database.query(
      `update auth.sessions set ended_at = now() - interval '91 days' where ended_at is not null`,
    );
    await auth.part(Housekeeping).sweep();
    expect(await count('auth.sessions')).toBe(1);
  });

  /** One row in each table that ends by the clock and that the requests above have not filled. */
  async function fill(userId: string): Promise<void> {
    const [hour, hash] = [`now() + interval '1 hour'`, `'${randomUUID()}'`];
    for (const insert of [
      `auth.nonces (nonce, subject, expires_at) values (${hash}, 'box', ${hour})`,
      `auth.revocations (kind, session_id, expires_at) values ('session', gen_random_uuid(), ${hour})`,
      `auth.pkce_codes (user_id, code_hash, code_challenge, expires_at) values ('${userId}', ${hash}, 'x', ${hour})`,
      `auth.totp_uses (user_id, step) values ('${userId}', 1)`,
      `ops.idempotency_keys (scope, key, request_hash, claim) values ('s', 'k', 'h', gen_random_uuid())`,
    ])
      await database.query(`insert into ${insert}`);
  }
});
