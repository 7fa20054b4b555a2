import { Client } from 'pg';
import { Redis } from 'ioredis';
import { StackFault } from '@nself/dev-stack';
import type { Variables } from '../state/settings-file';

const OLDEST_POSTGRES = 15;

/**
 * Looks at the servers of others before anything is made: they must be there, new enough, and safe for queues.
 *
 * @throws StackFault for the first one that is not.
 */
export async function assertOutsideServers(given: Variables): Promise<void> {
  if (given.DATABASE_URL) await assertPostgres(given.DATABASE_URL);
  if (given.REDIS_URL) await assertRedis(given.REDIS_URL);
}

async function assertPostgres(url: string): Promise<void> {
  const version = await postgresVersion(url);
  if (version >= OLDEST_POSTGRES) return;
  throw new StackFault(
    `The Postgres of DATABASE_URL is version ${version}; nself needs ${OLDEST_POSTGRES} or newer.`,
    'Upgrade it, or leave DATABASE_URL out to use the embedded one.',
  );
}

/** The major version, from the setting that every server sends while it connects. */
export async function postgresVersion(url: string): Promise<number> {
  const client = newClient(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  } catch (error) {
    throw new StackFault(
      `The Postgres of DATABASE_URL cannot be reached: ${(error as Error).message}.`,
      'Check the address, the password and that it runs; or leave DATABASE_URL out to use the embedded one.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function newClient(url: string): Client {
  try {
    return new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  } catch {
    throw new StackFault(
      'DATABASE_URL is wrong; expected postgres://user:password@host:port/database.',
      'Mend it in .env or in the environment.',
    );
  }
}

async function assertRedis(url: string): Promise<void> {
  const policy = await evictionPolicy(url);
  if (policy === 'noeviction') return;
  throw new StackFault(
    `The Redis of REDIS_URL may throw jobs away: its maxmemory-policy is ${policy}.`,
    'Set maxmemory-policy noeviction there, or leave REDIS_URL out to use the embedded one.',
  );
}

export async function evictionPolicy(url: string): Promise<string> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 10_000 });
  const failure = new Promise<never>((_, reject) => client.once('error', reject));
  failure.catch(() => undefined);
  try {
    await Promise.race([client.connect(), failure]);
    const memory = await client.info('memory');
    return /maxmemory_policy:(\S+)/.exec(memory)?.[1] ?? 'unknown';
  } catch (error) {
    throw new StackFault(
      `The Redis of REDIS_URL cannot be reached: ${(error as Error).message}.`,
      'Check the address, the password and that it runs; or leave REDIS_URL out to use the embedded one.',
    );
  } finally {
    client.disconnect();
  }
}
