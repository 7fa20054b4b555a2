import { randomInt } from 'node:crypto';
import { SafePool } from '@nself/kernel';
import { setLogLevel } from '@nself/observability';
import { contextStatement, openDataSource, TenantTransaction } from '@nself/tenancy';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../support';
import {
  DEEDS,
  dice,
  stormOf,
  weather,
  type Ask,
  type Damage,
  type Deed,
  type Disturb,
  type Way,
} from './storm';
import { plantFamilies, type TestFamily } from './two-families';

const REQUESTS = 1_000;
const AT_ONCE = 50;
const CONNECTIONS = 2;

interface Weather {
  readonly deeds?: readonly Deed[];
  readonly atOnce?: number;
}

/** What a door without any care survives long enough to leak: nothing that fails, and nobody who waits for another. */
const CALM: Weather = { deeds: ['read', 'count', 'slow'], atOnce: 1 };

/**
 * T5: 1,000 mixed requests of many families over a pool of two connections, with failing statements, failing work,
 * cancelled statements and cut connections among them. Nobody sees another's context. The last two tests put leaky
 * doors in the place of ours and must find the leak: a storm that cannot find one proves nothing.
 */
describe('T5: a storm over two connections', () => {
  let database: TestDatabase;
  let families: TestFamily[];
  let source: DataSource;
  let outside: Pool;

  const disturb: Disturb = async (how, mark, over) => {
    const end = `select pg_${how}_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and strpos(query, $1) > 0`;
    while (!over() && (await outside.query(end, [mark])).rowCount === 0)
      await new Promise(resolve => setTimeout(resolve, 2));
  };

  async function unleash(
    way: Way,
    seed: number,
    { deeds = DEEDS, atOnce = AT_ONCE }: Weather = {},
  ): Promise<Damage> {
    const damage: Damage = { foreign: 0, hollow: 0, failed: 0, done: 0 };
    const waiting = stormOf(families, REQUESTS, dice(seed), deeds);
    const worker = async (): Promise<void> => {
      for (let request = waiting.pop(); request; request = waiting.pop())
        await weather(request, way, disturb, damage);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return damage;
  }

  beforeAll(async () => {
    setLogLevel('silent');
    database = await testDatabase();
    families = await plantFamilies(database.adminUrl, [
      'oaks',
      'elms',
      'firs',
      'ashes',
      'limes',
      'pines',
      'yews',
    ]);
    const limits = {
      connections: CONNECTIONS,
      statementTimeout: 60_000,
      connectTimeout: 110_000,
      name: 'T5',
    };
    source = await openDataSource({ url: database.appUrl, ...limits });
    outside = new Pool({ connectionString: database.ownerUrl, max: 8 });
  });

  afterAll(async () => {
    setLogLevel('info');
    await source?.destroy();
    await outside?.end();
    await database?.drop();
  });

  it('shows nobody anything of another, and everybody what is theirs', async () => {
    const seed = randomInt(2 ** 31);
    const door = new TenantTransaction(source);
    const way: Way = (context, work) =>
      door.run(context, manager => work((text, values) => manager.query(text, values)));
    const damage = await unleash(way, seed);
    expect({ seed, ...damage }).toMatchObject({ seed, foreign: 0, hollow: 0 });
    expect(damage.done + damage.failed).toBe(REQUESTS);
    expect(damage.done).toBeGreaterThan(REQUESTS / 3);
    expect(damage.failed).toBeGreaterThan(REQUESTS / 10);
  });

  it('leaves every connection clean', async () => {
    const busy = `select state from pg_stat_activity
      where application_name = 'T5' and datname = current_database() and state <> 'idle'`;
    // Of a connection that was cut, the end may still be under way.
    while ((await outside.query(busy)).rows.length > 0) await new Promise(resolve => setTimeout(resolve, 20));
  });

  it('holds when work forgets to end its transaction', async () => {
    const pool = new SafePool({ connectionString: database.appUrl, max: CONNECTIONS });
    const forgetful: Way = async (context, work) => {
      const client = await pool.connect();
      const ask: Ask = async (text, values) => (await client.query(text, values)).rows;
      try {
        await client.query('begin');
        const { text, values } = contextStatement(context);
        await client.query(text, [...values]);
        await work(ask);
      } finally {
        client.release();
      }
    };
    const damage = await unleash(forgetful, 5);
    const fresh = await pool.query(
      'select app.family_id() as family_id, count(p.*)::integer as posts from posts p',
    );
    await pool.end();
    expect(damage.foreign).toBe(0);
    expect(fresh.rows).toEqual([{ family_id: null, posts: 0 }]);
  });

  /**
   * The controls are calm: one request after the other on one connection, so that what leaks does not hang on who
   * comes first. Somebody of a family is followed by nobody, again and again.
   */
  const leaked = async (way: (pool: Pool) => Way): Promise<number> => {
    const pool = new Pool({ connectionString: database.appUrl, max: 1 });
    try {
      const damage = await unleash(way(pool), 5, CALM);
      expect(damage).toMatchObject({ failed: 0, done: REQUESTS });
      return damage.foreign;
    } finally {
      await pool.end();
    }
  };

  it('is able to find a leak: a context that belongs to the session', async () => {
    const leaky =
      (pool: Pool): Way =>
      async (context, work) => {
        if (context.familyId !== null) {
          const { text, values } = contextStatement(context);
          await pool.query(text.replaceAll(', true)', ', false)'), [...values]);
        }
        await work(async (statement, parameters) => (await pool.query(statement, parameters)).rows);
      };
    expect(await leaked(leaky)).toBeGreaterThan(100);
  });

  it('is able to find a leak: a pool that hands out open transactions', async () => {
    const leaky =
      (pool: Pool): Way =>
      async (context, work) => {
        const client = await pool.connect();
        try {
          if (context.familyId !== null) {
            await client.query('begin');
            const { text, values } = contextStatement(context);
            await client.query(text, [...values]);
          }
          await work(async (statement, parameters) => (await client.query(statement, parameters)).rows);
        } finally {
          client.release();
        }
      };
    expect(await leaked(leaky)).toBeGreaterThan(100);
  });
});
