import { Redis } from 'ioredis';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../net/ports';
import { identify } from '../process/identity';
import { runServer } from '../server';
import { RedisServer } from './server';

describe('the embedded Redis', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nself-redis-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('keeps what it took over a kill, never evicts, refuses strangers, and ends an orphan of its folder', async () => {
    const options = { home: join(folder, 'redis'), cache: folder, password: 'right' };
    const first = new RedisServer({ ...options, port: await anyFreePort() });
    const killed = await runServer(first, { logFile: join(folder, 'log') });
    await expect(call(first.url.replace('right', 'wrong'), 'ping')).rejects.toThrow();
    await call(first.url, 'set', 'key', 'kept');
    process.kill(killed.pid, 'SIGKILL');

    const second = new RedisServer({ ...options, port: await anyFreePort() });
    const orphan = await runServer(second, { logFile: join(folder, 'log') });
    expect(await call(second.url, 'get', 'key')).toBe('kept');
    expect(await call(second.url, 'config', 'get', 'maxmemory-policy')).toContain('noeviction');

    const third = new RedisServer({ ...options, port: await anyFreePort() });
    const running = await runServer(third, { logFile: join(folder, 'log') });
    expect(identify(orphan.pid)).toBeUndefined();
    expect(await call(third.url, 'get', 'key')).toBe('kept');
    await running.stop();
  });
});

async function call(url: string, ...[name = '', ...args]: string[]): Promise<unknown> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}
