/** A database of its own and a plain door to it, for the specs of this room. */
import { randomBytes } from 'node:crypto';
import { Client, Pool, type QueryArrayResult } from 'pg';
import type { QueryRunner, Transaction } from '../executor';

/** How the model is made where a spec wants nothing special. */
export const options = {
  stringifyNumerics: false,
  namingConvention: 'hasura-default',
  inferFunctionPermissions: false,
  nullsAreTrue: false,
  relay: false,
} as const;

const server = process.env['TEST_DATABASE_URL'] ?? '';

export interface ScratchDatabase {
  readonly pool: Pool;
  readonly runner: QueryRunner;
  drop(): Promise<void>;
}

export async function scratchDatabase(): Promise<ScratchDatabase> {
  const name = `metadata_${randomBytes(6).toString('hex')}`;
  await asAdmin(admin => admin.query(`create database ${name}`));
  const connectionString = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const pool = new Pool({ connectionString, options: '-c lock_timeout=500' });
  return {
    pool,
    runner: new PlainRunner(pool, connectionString),
    drop: async () => {
      await pool.end();
      await asAdmin(admin => admin.query(`drop database ${name}`));
    },
  };
}

async function asAdmin(work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client(server);
  await admin.connect();
  await work(admin);
  await admin.end();
}

class PlainRunner implements QueryRunner {
  constructor(
    private readonly pool: Pool,
    private readonly connectionString: string,
  ) {}

  run(): never {
    throw new Error('The metadata room runs no groups.');
  }

  runEach(): never {
    throw new Error('The metadata room runs no groups.');
  }

  async transaction<T>(_session: unknown, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const done = await work({
        query: async <Row>(text: string, values?: readonly unknown[]) =>
          (await client.query(text, values && [...values])).rows as Row[],
        script: async text => lastRows(await client.query({ text, rowMode: 'array' })),
      });
      await client.query('commit');
      return done;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }

  /** A connection of its own, which is gone for good when the returned promise resolves. */
  async listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>> {
    const client = new Client(this.connectionString);
    await client.connect();
    client.on('notification', ({ payload }) => onPayload(payload ?? ''));
    await client.query(`listen ${channel}`);
    return () => client.end();
  }
}

function lastRows(answer: QueryArrayResult | QueryArrayResult[]) {
  const last = Array.isArray(answer) ? answer.at(-1) : answer;
  if (!last || last.fields.length === 0) return undefined;
  const rows = (last.rows as unknown[][]).map(row =>
    row.map(value => (value === null ? null : String(value))),
  );
  return { columns: last.fields.map(({ name }) => name), rows };
}
