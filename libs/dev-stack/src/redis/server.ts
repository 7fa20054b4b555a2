import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { plainEnvironment, type Command } from '../process/command';
import { endProcess } from '../process/end';
import { identify, livesIn } from '../process/identity';
import type { Server } from '../server';
import { findRedis } from './program';

export interface RedisOptions {
  /** Folder of the data; made when missing. */
  readonly home: string;
  /** Where a fetched program is kept. */
  readonly cache: string;
  readonly port: number;
  readonly password: string;
  readonly host?: string;
  /** For tests: nothing is kept on disk. */
  readonly throwaway?: boolean;
  readonly say?: (line: string) => void;
}

/** A Redis of our own, safe for queues: it never evicts, and what it took survives a kill. */
export class RedisServer implements Server {
  readonly name = 'redis';
  readonly stopSignal = 'SIGTERM';

  constructor(private readonly options: RedisOptions) {}

  get url(): string {
    const { host = '127.0.0.1', port, password } = this.options;
    return `redis://:${encodeURIComponent(password)}@${host}:${port}`;
  }

  async prepare(): Promise<Command> {
    const { home, cache, say = () => undefined } = this.options;
    const program = await findRedis(cache, say);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const folder = realpathSync(home);
    await endRedisIn(folder);
    const configuration = join(folder, 'redis.conf');
    writeFileSync(configuration, this.configuration(folder), { mode: 0o600 });
    const libraries = program.libraries ? { LD_LIBRARY_PATH: program.libraries } : {};
    return {
      file: program.file,
      args: [configuration],
      cwd: folder,
      env: { ...plainEnvironment(), ...libraries },
    };
  }

  async check(): Promise<void> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  }

  // In a file and not on the command line, where every user of the machine could read the password.
  private configuration(folder: string): string {
    const { host = '127.0.0.1', port, password, throwaway } = this.options;
    const lines = [
      `bind ${host}`,
      `port ${port}`,
      `requirepass ${password}`,
      `dir "${folder}"`,
      `pidfile "${join(folder, 'redis.pid')}"`,
      'daemonize no',
      'maxmemory-policy noeviction',
      'save ""',
      throwaway ? 'appendonly no' : 'appendonly yes',
      'appendfsync everysec',
    ];
    return `${lines.join('\n')}\n`;
  }
}

/** Ends the server that an earlier, killed run left behind in this folder. @returns whether there was one. */
export async function endRedisIn(folder: string): Promise<boolean> {
  const pid = pidIn(join(folder, 'redis.pid'));
  const process = pid === undefined ? undefined : identify(pid);
  const ours = process !== undefined && livesIn(process.pid, folder);
  if (ours) await endProcess(process);
  return ours;
}

function pidIn(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}
