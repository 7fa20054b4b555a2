import { setLogLevel } from '@nself/observability';
import { emptyDatabase, type EmptyDatabase } from '../../../../test/support';
import { assertPostgresVersion } from './postgres-version';
import { SafePool } from './safe-pool';

describe('the safe pool', () => {
  let database: EmptyDatabase;
  let pool: SafePool;

  const pid = async (): Promise<number> => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid;

  beforeAll(async () => {
    setLogLevel('silent');
    database = await emptyDatabase();
    pool = new SafePool({ connectionString: database.ownerUrl, max: 1 });
  });

  afterAll(async () => {
    setLogLevel('info');
    await pool?.end();
    await database?.drop();
  });

  it('lends the same connection again after a transaction that was ended', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await client.query('commit');
    const { rows } = await client.query('select pg_backend_pid() as pid');
    client.release();
    expect(await pid()).toBe(rows[0].pid);
  });

  it.each([
    ['open', 'select 1'],
    ['failed', 'select 1 / 0'],
  ])('destroys a connection that comes back in an %s transaction', async (_, text) => {
    const client = await pool.connect();
    await client.query('begin');
    const { rows } = await client.query(
      `select pg_backend_pid() as pid, set_config('spec.secret', 'mine', false)`,
    );
    await client.query(text).catch(() => undefined);
    client.release();
    expect(await pid()).not.toBe(rows[0].pid);
    expect(
      (await pool.query(`select current_setting('spec.secret', true) as secret`)).rows[0].secret,
    ).toBeNull();
  });

  it('survives the loss of a connection that is lent, and tells the borrower', async () => {
    const client = await pool.connect();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const asked = expect(client.query('select pg_sleep(60)')).rejects.toThrow();
    const other = new SafePool({ connectionString: database.ownerUrl, max: 1 });
    await other.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await asked;
    await other.end();
    await expect(client.query('select 1')).rejects.toThrow();
    client.release(true);
    expect(await pid()).not.toBe(rows[0].pid);
  });

  it('lends to callbacks as well', async () => {
    const found = await new Promise((resolve, reject) =>
      pool.connect((error, client, done) => {
        if (!client) return reject(error);
        client.query('select 1 as one').then(({ rows }) => {
          done();
          resolve(rows);
        }, reject);
      }),
    );
    expect(found).toEqual([{ one: 1 }]);
  });

  it('tells a callback that it cannot connect', async () => {
    const lost = new SafePool({ connectionString: 'postgres://nobody:x@127.0.0.1:1/none' });
    await expect(lost.query('select 1')).rejects.toThrow();
    await lost.end();
  });

  it('knows when Postgres is too old', async () => {
    await expect(assertPostgresVersion(pool)).resolves.toBeUndefined();
    await expect(assertPostgresVersion(pool, 99)).rejects.toThrow(
      /^This Postgres is version \d+\. Version 99 or newer is needed/,
    );
  });
});
