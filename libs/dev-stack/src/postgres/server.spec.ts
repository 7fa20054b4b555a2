import { Client } from 'pg';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../net/ports';
import { identify } from '../process/identity';
import { runServer, type RunningServer } from '../server';
import { removeCluster } from './cluster';
import { PostgresServer } from './server';

describe('the embedded Postgres', () => {
  // A temporary folder is closed to everybody else: as root this also proves the way around that.
  const folder = mkdtempSync(join(tmpdir(), 'nself-postgres-'));
  const home = join(folder, 'postgres');
  const logFile = join(folder, 'log');
  chmodSync(folder, 0o700);
  afterAll(() => {
    removeCluster(home);
    rmSync(folder, { recursive: true });
  });

  it('keeps what was committed over a kill and refuses a wrong password', async () => {
    const { server, running } = await start();
    await query(server.url(), 'create table t as select 42 as answer');
    await expect(query(server.url().replace('right', 'wrong'), 'select')).rejects.toThrow('password');
    const identity = identify(running.pid);
    process.kill(running.pid, 'SIGKILL');
    const again = await start();
    expect(identity && identify(identity.pid)?.startedAt === identity.startedAt).toBe(false);
    expect(await query(again.server.url(), 'select answer from t')).toEqual([{ answer: 42 }]);
    await again.running.stop();
  });

  it('ends a server that a killed launcher left, and is not fooled by a number that somebody else has now', async () => {
    const orphan = await start();
    const { server, running } = await start();
    expect(identify(orphan.running.pid)).toBeUndefined();
    const [place] = await query(server.url(), 'show data_directory');
    await running.stop();
    writeFileSync(join(String(place?.data_directory), 'postmaster.pid'), `${process.pid}\n`);
    const again = await start();
    await again.running.stop();
  });

  it('starts anew when its folder was deleted by hand, wherever its data lay', async () => {
    const lostData = realpathSync(home);
    rmSync(home, { recursive: true });
    const server = new PostgresServer({ home, port: await anyFreePort(), password: 'another' });
    const running = await runServer(server, { logFile });
    expect(await query(server.url(), `select to_regclass('t')`)).toEqual([{ to_regclass: null }]);
    await running.stop();
    removeCluster(home);
    rmSync(lostData, { recursive: true, force: true });
  });

  it('speaks UTF-8, orders by code point, knows the extensions we use, and listens at home only', async () => {
    const { server, running } = await start();
    const [row] = await query(
      server.url(),
      `select current_setting('server_encoding') as encoding,
              (select datcollate from pg_database where datname = 'postgres') as collation,
              current_setting('listen_addresses') as addresses,
              (select count(*)::int from pg_available_extensions
                where name in ('pgcrypto', 'pg_trgm', 'citext', 'unaccent', 'btree_gist', 'btree_gin')) as extensions`,
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      collation: 'C.UTF-8',
      addresses: '127.0.0.1',
      extensions: 6,
    });
    await running.stop();
  });

  async function start(): Promise<{ server: PostgresServer; running: RunningServer }> {
    const server = new PostgresServer({ home, port: await anyFreePort(), password: 'right' });
    return { server, running: await runServer(server, { logFile }) };
  }
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
