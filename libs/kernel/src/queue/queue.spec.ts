import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { newTrace, runWithTrace } from '@nself/observability';
import { testDatabase, type TestDatabase } from '../../../../test/support';
import { SafePool } from '../database';
import { defineJob, enqueue } from './job';
import { JobHandler, JobHandlers, type HandlesJob, type JobRun } from './job-handler';
import { QueueModule } from './queue.module';

const bake = defineJob<{ loaves: number }>('bakery.bake', { attempts: 3, backoff: 30, version: 2 });
const sweep = defineJob<Record<string, never>>('bakery.sweep');

@JobHandler(bake)
class Baker implements HandlesJob<{ loaves: number }> {
  async handle({ loaves }: { loaves: number }, run: JobRun): Promise<string> {
    return `${loaves} for ${run.familyId}`;
  }
}

describe('jobs', () => {
  let database: TestDatabase;
  let pool: SafePool;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new SafePool({ connectionString: database.ownerUrl, max: 1 });
  });

  beforeEach(() => pool.query('delete from ops.jobs'));

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  const listed = async (): Promise<Record<string, unknown>[]> =>
    (await pool.query('select * from ops.jobs')).rows;

  it('are listed with all that their run needs', async () => {
    const trace = newTrace();
    const runAt = new Date('2030-01-01T00:00:00Z');
    const familyId = '0190c0de-0000-7000-8000-00000000000a';
    await runWithTrace(trace, () => enqueue(pool, bake, { loaves: 3 }, { familyId, runAt, priority: 5 }));
    expect(await listed()).toMatchObject([
      {
        name: 'bakery.bake',
        payload: { loaves: 3, $version: 2 },
        family_id: familyId,
        run_at: runAt,
        priority: 5,
        max_attempts: 3,
        backoff_seconds: 30,
        state: 'due',
        trace_id: expect.stringContaining(trace.traceId),
      },
    ]);
  });

  it('are due at once when no time is said', async () => {
    await enqueue(pool, sweep, {}, { familyId: null });
    const { rows } = await pool.query(`select name from ops.claim_due_jobs(10, 'spec')`);
    expect(rows).toEqual([{ name: 'bakery.sweep' }]);
  });

  it('with the same key are one', async () => {
    for (const _ of [1, 2]) await enqueue(pool, sweep, {}, { familyId: null, uniqueKey: 'monday' });
    await enqueue(pool, sweep, {}, { familyId: null, uniqueKey: 'tuesday' });
    expect(await listed()).toHaveLength(2);
  });

  it('do not exist when the change they belong to does not', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await enqueue(client, sweep, {}, { familyId: null });
    await client.query('rollback');
    client.release();
    expect(await listed()).toEqual([]);
  });

  describe('find their handler', () => {
    const find = async (providers: (new () => unknown)[]): Promise<JobHandlers> => {
      @Module({ imports: [QueueModule], providers })
      class BakeryModule {}
      const module = await Test.createTestingModule({ imports: [BakeryModule] }).compile();
      await module.init();
      return module.get(JobHandlers, { strict: false });
    };

    it('by name', async () => {
      const handlers = await find([Baker]);
      const run: JobRun = {
        id: '1',
        familyId: 'oaks',
        attempt: 1,
        version: 2,
        signal: new AbortController().signal,
      };
      expect(handlers.names()).toEqual(['bakery.bake']);
      expect(await handlers.find('bakery.bake')?.handle({ loaves: 2 }, run)).toBe('2 for oaks');
      expect(handlers.find('bakery.sweep')).toBeUndefined();
    });

    it('and two handlers for one job are a mistake', async () => {
      @JobHandler(bake)
      class Rival extends Baker {}
      await expect(find([Baker, Rival])).rejects.toThrow('Two handlers want the job bakery.bake.');
    });
  });
});
