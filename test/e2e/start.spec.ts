import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Installation } from '../support';
import { OutsideServers } from './outside-servers';
import { eventually, killAll } from './processes';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

describe('nself start', () => {
  const installation = new Installation();
  afterAll(() => installation.remove());

  it('makes a running stack out of nothing, prints where it is, and keeps its secrets to itself', async () => {
    const { code, stdout } = await installation.run(['start', '--detach']);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('ready after') });
    const { ready, addresses, processes } = await installation.status();
    expect(ready).toBe(true);
    expect(processes.map(({ state }) => state)).toEqual(processes.map(() => 'ready'));
    for (const [name, address] of Object.entries(addresses))
      expect(stdout).toMatch(new RegExp(`${name}.*${address}`));
    const run = readFileSync(join(installation.folder, '.nself', 'run.json'), 'utf8');
    expect(JSON.parse(run)).toMatchObject({ addresses });
    const secrets = ['MASTER_KEY', 'HASURA_GRAPHQL_ADMIN_SECRET', 'APP_DATABASE_PASSWORD'];
    for (const name of secrets) {
      const value = installation.setting(name);
      expect(value?.length).toBeGreaterThanOrEqual(32);
      expect(run + stdout).not.toContain(value);
    }
    expect((await installation.run(['start', '--detach'])).stdout).toContain('running already');
  });

  it('answers SQL on its database, and lists its addresses', async () => {
    const sql = ['db', 'psql', '-At', '-c', `select current_database(), null, true`];
    expect((await installation.run(sql)).stdout).toBe('nself||t\n');
    expect((await installation.run(sql, { NSELF_OWN_PSQL: '1' })).stdout).toBe('nself||t\n');
    const { addresses } = await installation.status();
    expect(JSON.parse((await installation.run(['urls', '--json'])).stdout)).toEqual(addresses);
  });

  it('starts every process again that is killed, and says so', async () => {
    const before = await installation.status();
    killAll(before.processes.map(({ pid }) => pid));
    await eventually(async () => {
      const { ready, supervisor, processes } = await installation.status();
      const again = processes.filter(({ restarts }) => restarts > 0).map(({ name }) => name);
      expect({ ready, supervisor, again }).toEqual({
        ready: true,
        supervisor: before.supervisor,
        again: before.processes.map(({ name }) => name),
      });
    });
  });

  it('takes over from a supervisor that was killed, and from a whole stack that was', async () => {
    await installation.run(['db', 'psql', '-At', '-c', 'create table kept as select 42 as answer']);
    const orphaned = await installation.status();
    killAll([orphaned.supervisor]);
    const second = await installation.start();
    expect(second.ready).toBe(true);
    const alive = new Set(installation.processes().map(({ pid }) => pid));
    for (const { pid } of orphaned.processes) expect(alive.has(pid ?? 0)).toBe(false);
    killAll([second.supervisor, ...second.processes.map(({ pid }) => pid)]);
    await installation.start();
    expect((await installation.run(['db', 'psql', '-At', '-c', 'table kept'])).stdout).toBe('42\n');
  });

  it('leaves no process behind when it is stopped, also when its supervisor is dead', async () => {
    await installation.stop();
    expect(installation.processes()).toEqual([]);
    const { supervisor } = await installation.start();
    killAll([supervisor]);
    expect((await installation.stop()).code).toBe(0);
    expect(installation.processes()).toEqual([]);
    expect(existsSync(join(installation.folder, '.nself', 'run.json'))).toBe(false);
    expect((await installation.run(['status'])).code).toBe(1);
  });

  it('in the foreground stops everything at Ctrl-C and ends well', async () => {
    const child = installation.spawn(['start']);
    const ended = once(child, 'exit');
    let said = '';
    child.stdout?.on('data', chunk => (said += String(chunk)));
    await Promise.race([eventually(() => expect(said).toContain('Ctrl-C')), ended]);
    child.kill('SIGINT');
    expect({ ended: await ended, said }).toMatchObject({ ended: [0, null] });
    expect(installation.processes()).toEqual([]);
  });

  it('does not disturb another stack in another folder', async () => {
    const other = new Installation();
    const [first, second] = [await installation.start(), await other.start()];
    const ports = [first, second].flatMap(({ addresses }) =>
      Object.values(addresses).map(url => new URL(url).port),
    );
    expect(new Set(ports).size).toBe(ports.length);
    await other.run(['db', 'psql', '-At', '-c', 'create table only_there ()']);
    await other.remove();
    expect(await installation.status()).toMatchObject({ ready: true, supervisor: first.supervisor });
    const asked = ['db', 'psql', '-At', '-c', `select to_regclass('only_there')`];
    expect((await installation.run(asked)).stdout).toBe('\n');
  });

  it('empties a stack only when it is told to, and not while it runs', async () => {
    expect((await installation.run(['start', '--fresh', '--yes'])).code).toBe(1);
    await installation.stop();
    expect((await installation.run(['start', '--fresh', '--detach'])).code).toBe(1);
    expect((await installation.run(['start', '--fresh', '--yes', '--detach'])).code).toBe(0);
    const asked = ['db', 'psql', '-At', '-c', `select to_regclass('kept')`];
    expect((await installation.run(asked)).stdout).toBe('\n');
  });
});

describe('nself start on a Postgres and a Redis of somebody else', () => {
  const outside = new OutsideServers();
  afterAll(() => outside.stop());

  it('uses them and starts none of its own', async () => {
    const databaseUrl = await outside.postgres();
    const installation = new Installation({
      env: { DATABASE_URL: databaseUrl, REDIS_URL: await outside.redis() },
    });
    const { addresses } = await installation.start();
    expect(addresses).not.toHaveProperty('postgres');
    expect(addresses).not.toHaveProperty('redis');
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query(`select to_regclass('public.families') is not null as there`);
    expect(rows).toEqual([{ there: true }]);
    await client.end();
    await installation.remove();
  });
});

const nobody = { uid: 65_534, gid: 65_534 };
const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('nself as an ordinary user', () => {
  it('does everything that it does as root', async () => {
    const installation = new Installation({ user: nobody });
    expect((await installation.start()).ready).toBe(true);
    expect((await installation.run(['doctor'])).stdout).toContain('processes are ready');
    expect(await installation.run(['demo'])).toMatchObject({ code: 0 });
    expect((await installation.stop()).code).toBe(0);
    expect(installation.processes()).toEqual([]);
    await installation.remove();
  });
});
