import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { plainEnvironment, type Command } from '../process/command';
import { unprivilegedAccount } from '../process/user';
import type { Server } from '../server';
import { postgresBinaries } from './binaries';
import { clusterFolder, ensureCluster } from './cluster';
import { endPostgresIn } from './orphan';

export interface PostgresOptions {
  /** Folder of the server; made when missing. */
  readonly home: string;
  readonly port: number;
  /** Of the user `postgres`, who owns the cluster. */
  readonly password: string;
  readonly host?: string;
  /** The folder with `bin/postgres`, for another Postgres than the one from npm. */
  readonly binaries?: string;
  /** For tests: give up safety on power loss for speed. */
  readonly throwaway?: boolean;
}

/** A Postgres of our own, over the binaries from npm unless others are given. It listens on one address and knows no sockets. */
export class PostgresServer implements Server {
  readonly name = 'postgres';
  /** "Fast shutdown": sessions are cut, nothing that was committed is lost. */
  readonly stopSignal = 'SIGINT';

  constructor(private readonly options: PostgresOptions) {}

  /** The address of a database of this server, as its owner. */
  url(database = 'postgres'): string {
    const { host = '127.0.0.1', port, password } = this.options;
    return `postgres://postgres:${encodeURIComponent(password)}@${host}:${port}/${database}`;
  }

  async prepare(): Promise<Command> {
    const account = unprivilegedAccount();
    const binaries = this.options.binaries ?? postgresBinaries(account);
    const folder = clusterFolder(this.options.home, account);
    const data = await ensureCluster({ folder, binaries, account, password: this.options.password });
    await endPostgresIn(data);
    rmSync(join(data, 'postmaster.opts'), { force: true });
    return {
      file: join(binaries, 'bin', 'postgres'),
      args: ['-D', data, ...this.settings().flatMap(setting => ['-c', setting])],
      cwd: folder,
      env: plainEnvironment(),
      uid: account?.uid,
      gid: account?.gid,
    };
  }

  async check(): Promise<void> {
    const client = new Client({ connectionString: this.url(), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
    } finally {
      await client.end();
    }
  }

  private settings(): string[] {
    const { host = '127.0.0.1', port, throwaway } = this.options;
    const settings = [
      `listen_addresses=${host}`,
      `port=${port}`,
      'unix_socket_directories=',
      'max_connections=200',
      'shared_buffers=128MB',
      'password_encryption=scram-sha-256',
      'timezone=UTC',
      'log_timezone=UTC',
      'log_line_prefix=%m [%p] %q%u@%d ',
    ];
    const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB'];
    return throwaway ? [...settings, ...careless] : settings;
  }
}
