import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  anyFreePort,
  endProcess,
  identify,
  isAlive,
  PostgresServer,
  type ProcessIdentity,
  RedisServer,
  removeCluster,
  runServer,
  S3Server,
  type Server,
} from '../../libs/dev-stack/src';
import { postgresWithPostgis } from './postgis';

/** What a test run finds in its environment; jest hands it on to its workers. */
export type TestEnvironment = Record<string, string>;

export interface TestServers {
  readonly environment: TestEnvironment;
  stop(): Promise<void>;
}

const clusters = ['postgres', 'postgis'] as const;
type Cluster = (typeof clusters)[number];

const state = join(__dirname, '..', '..', '.nself');

/**
 * Starts a Postgres, one with PostGIS where there is any, a Redis and an S3 for one test run, in a folder of its own, apart from a running stack.
 * A server whose address the environment names already is not started.
 */
export async function startTestServers(given: NodeJS.ProcessEnv): Promise<TestServers> {
  await sweep();
  const run = new TestRun(join(state, 'test', String(process.pid)));
  try {
    const parts = await Promise.all([
      given.TEST_DATABASE_URL ? {} : postgres(run),
      given.TEST_POSTGIS_URL ? {} : postgis(run, given),
      given.TEST_REDIS_URL ? {} : redis(run),
      given.S3_TEST_ENDPOINT ? {} : s3(run),
    ]);
    return { environment: Object.assign({}, ...parts) as TestEnvironment, stop: () => run.end() };
  } catch (error) {
    await run.end();
    throw error;
  }
}

/** The folder of one run, and the processes in it: written down, so that the next run can end what a kill left. */
class TestRun {
  private readonly servers: ProcessIdentity[] = [];
  private readonly owner = identify(process.pid);

  constructor(readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    this.note();
  }

  async start(server: Server, name = server.name): Promise<void> {
    const { pid } = await runServer(server, { logFile: join(this.folder, `${name}.log`) });
    const identity = identify(pid);
    if (identity) this.servers.push(identity);
    this.note();
  }

  async end(): Promise<void> {
    await endRun(this.folder, this.servers);
  }

  private note(): void {
    const { owner, servers } = this;
    writeFileSync(join(this.folder, 'run.json'), JSON.stringify({ owner, servers }));
  }
}

async function postgres(run: TestRun): Promise<TestEnvironment> {
  return { TEST_DATABASE_URL: await cluster(run, 'postgres') };
}

/** Beside the Postgres that comes with us, which has no PostGIS. */
async function postgis(run: TestRun, given: NodeJS.ProcessEnv): Promise<TestEnvironment> {
  const binaries = postgresWithPostgis(given);
  return binaries ? { TEST_POSTGIS_URL: await cluster(run, 'postgis', binaries) } : {};
}

async function cluster(run: TestRun, name: Cluster, binaries?: string): Promise<string> {
  const password = randomBytes(12).toString('hex');
  const home = join(run.folder, name);
  const port = await anyFreePort();
  const server = new PostgresServer({ home, port, password, throwaway: true, binaries });
  await run.start(server, name);
  return server.url();
}

async function redis(run: TestRun): Promise<TestEnvironment> {
  const server = new RedisServer({
    home: join(run.folder, 'redis'),
    cache: join(state, 'cache'),
    port: await anyFreePort(),
    password: randomBytes(12).toString('hex'),
    throwaway: true,
  });
  await run.start(server);
  return { TEST_REDIS_URL: server.url };
}

async function s3(run: TestRun): Promise<TestEnvironment> {
  const server = new S3Server({ home: join(run.folder, 's3'), port: await anyFreePort() });
  await run.start(server);
  return {
    S3_TEST_ENDPOINT: server.endpoint,
    S3_TEST_ACCESS_KEY: server.accessKey,
    S3_TEST_SECRET_KEY: server.secretKey,
  };
}

/** Ends what runs that were killed have left: their servers and their folders. */
async function sweep(): Promise<void> {
  const runs = join(state, 'test');
  for (const name of existsSync(runs) ? readdirSync(runs) : []) {
    const folder = join(runs, name);
    const run = readRun(folder);
    if (run && !(run.owner && isAlive(run.owner))) await endRun(folder, run.servers);
  }
}

async function endRun(folder: string, servers: readonly ProcessIdentity[]): Promise<void> {
  await Promise.all(servers.map(server => endProcess(server, { signal: 'SIGINT' })));
  for (const name of clusters) removeCluster(join(folder, name));
  rmSync(folder, { recursive: true, force: true });
}

function readRun(folder: string): { owner?: ProcessIdentity; servers: ProcessIdentity[] } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as ReturnType<typeof readRun>;
  } catch {
    return undefined;
  }
}
