import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { Person, testStack, type TestStack } from '../support';

let stack: TestStack;
let db: Pool;

beforeAll(async () => {
  stack = await testStack(['auth', 'scheduler'], {
    env: { SCHEDULER_LEASE: '2s', SCHEDULER_POLL_INTERVAL: '100ms' },
  });
  db = new Pool({ connectionString: stack.database.ownerUrl });
});
afterAll(async () => {
  await db?.end();
  await stack?.stop();
});

async function enqueue(
  name: string,
  familyId: string | null,
  payload: object,
  attempts = 5,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into ops.jobs (family_id, name, payload, max_attempts, backoff_seconds) values ($1, $2, $3, $4, 0) returning id`,
    [familyId, name, payload, attempts],
  );
  return rows[0]!.id;
}

/** Waits until the job is in one of these states. */
async function settled(
  id: string,
  ...states: string[]
): Promise<{ state: string; attempts: number; last_error: string | null }> {
  for (;;) {
    const { rows } = await db.query(`select state, attempts, last_error from ops.jobs where id = $1`, [id]);
    if (states.includes(rows[0].state)) return rows[0];
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

it('runs a due job once and writes down that it did', async () => {
  const mia = await Person.register(stack, 'Mia');
  const id = await enqueue('media.process', mia.familyId, { itemId: randomUUID() });
  expect(await settled(id, 'done')).toMatchObject({ attempts: 1 });
  const { rows } = await db.query(`select attempt, error, finished_at from ops.job_runs where job_id = $1`, [
    id,
  ]);
  expect(rows).toEqual([{ attempt: 1, error: null, finished_at: expect.any(Date) }]);
});

it('makes a dead letter of a job that nobody can do', async () => {
  const id = await enqueue('nothing.known', null, {}, 2);
  expect(await settled(id, 'dead')).toMatchObject({
    attempts: 2,
    last_error: 'Nobody here handles nothing.known.',
  });
  const { rows } = await db.query(`select name from ops.dead_letters where job_id = $1`, [id]);
  expect(rows).toEqual([{ name: 'nothing.known' }]);
});

it('loses nothing when Redis is emptied again and again', async () => {
  const mia = await Person.register(stack, 'Mia');
  const redis = new Redis(stack.plan.redisUrl);
  const jobs = Array.from({ length: 30 }, () =>
    enqueue('media.process', mia.familyId, { itemId: randomUUID() }, 50),
  );
  const ids = await Promise.all(jobs);
  for (let round = 0; round < 10; round++) {
    await redis.flushdb();
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  redis.disconnect();
  for (const id of ids) expect(await settled(id, 'done', 'dead')).toMatchObject({ state: 'done' });
});

it('fills each slot of a schedule once, however often schedulers start', async () => {
  for (let round = 0; round < 3; round++) {
    await stack.end('scheduler');
    await stack.run('scheduler');
  }
  const { rows } = await db.query<{ slots: string; jobs: string }>(
    `select count(distinct unique_key) as slots, count(*) as jobs from ops.jobs where name = 'objects.sweep'`,
  );
  expect(Number(rows[0]!.jobs)).toBeGreaterThan(0);
  expect(rows[0]!.jobs).toBe(rows[0]!.slots);
});
