import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import {
  anyFreePort,
  PostgresServer,
  RedisServer,
  removeCluster,
  runServer,
  type RunningServer,
  type Server,
} from '../../libs/dev-stack/src';

const cache = join(__dirname, '..', '..', '.nself', 'cache');
const password = 'somebody-elses';

/**
 * Servers that somebody else runs. Not those of the test run: a start gives the roles of a whole server new passwords,
 * and a Redis that evicts is refused by every service that starts meanwhile.
 */
export class OutsideServers {
  private readonly folder = mkdtempSync(join(tmpdir(), 'nself-outside-'));
  private readonly running: RunningServer[] = [];

  async postgres(): Promise<string> {
    const home = join(this.folder, 'postgres');
    const server = new PostgresServer({ home, port: await anyFreePort(), password, throwaway: true });
    await this.run(server);
    return server.url();
  }

  async redis(policy = 'noeviction'): Promise<string> {
    const home = join(this.folder, 'redis');
    const server = new RedisServer({ home, cache, port: await anyFreePort(), password, throwaway: true });
    await this.run(server);
    const client = new Redis(server.url);
    await client.config('SET', 'maxmemory-policy', policy);
    client.disconnect();
    return server.url;
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map(server => server.stop()));
    removeCluster(join(this.folder, 'postgres'));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(server: Server): Promise<void> {
    const logFile = join(this.folder, `${server.name}.log`);
    this.running.push(await runServer(server, { logFile }));
  }
}
