import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { Client } from 'pg';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { Courier } from './courier';
import { retryIn, Undeliverable, type Message } from './message';
import { Outbox } from './outbox';

interface Row {
  payload: Record<string, string>;
  attempts: number;
  delivered: boolean;
  over: boolean;
  last_error: string | null;
}

const PATIENCE_MS = 60_000;
const MASTER_KEY = '7f'.repeat(32);

describe('the outbox', () => {
  let auth: RunningAuth;
  let database: Client;
  let carried: Message[];
  let carry: (message: Message) => Promise<void>;

  beforeAll(async () => {
    auth = await startAuth({ MASTER_KEY });
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
    serve(auth);
  });
  beforeEach(async () => {
    carried = [];
    carry = () => Promise.resolve();
    await database.query('delete from ops.outbox');
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  const serve = (running: RunningAuth): void =>
    running.part(Courier).serve('sms', message => {
      carried.push(message);
      return carry(message);
    });

  const put = (content: object, lifeSeconds = 600, work?: () => void): Promise<void> =>
    auth.part(TenantTransaction).run(anonymousContext(), async manager => {
      await auth.part(Outbox).put(manager, 'sms', content, lifeSeconds);
      work?.();
    });

  const rows = async (): Promise<Row[]> => {
    const found = await database.query<Row>(
      `select payload, attempts, delivered_at is not null as delivered, expires_at <= clock_timestamp() as over, last_error
       from ops.outbox order by created_at`,
    );
    return found.rows;
  };

  async function until(fits: (found: Row[]) => boolean): Promise<Row[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await rows();
      if (fits(found) || Date.now() > deadline) return found;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  /** Another try is due now and not in a while. */
  const hurry = () => database.query('update ops.outbox set available_at = now() where attempts > 0');

  it('carries what was put in, and keeps nothing of it afterwards', async () => {
    await put({ to: '+4915112345678', text: 'hello' });
    expect(await until(found => found.every(row => row.delivered))).toEqual([
      { payload: {}, attempts: 1, delivered: true, over: false, last_error: null },
    ]);
    expect(carried).toMatchObject([
      { topic: 'sms', content: { to: '+4915112345678', text: 'hello' }, attempt: 1 },
    ]);
  });

  it('carries nothing of a transaction that was rolled back', async () => {
    const undone = put({ text: 'never' }, 600, () => {
      throw new Error('second thoughts');
    });
    await expect(undone).rejects.toThrow('second thoughts');
    await put({ text: 'now' });
    await until(found => found.every(row => row.delivered));
    expect(carried.map(({ content }) => content)).toEqual([{ text: 'now' }]);
  });

  it('lets nobody read what waits, and nobody move it to another row', async () => {
    carry = () => Promise.reject(new Error('out of order'));
    await put({ text: 'the code is 314159' });
    const [waiting] = await until(([row]) => row?.last_error !== null);
    expect(waiting).toMatchObject({ last_error: 'Error', delivered: false });
    expect(JSON.stringify(waiting)).not.toMatch(/code|314159/);
    await database.query('update ops.outbox set id = gen_random_uuid(), available_at = now()');
    const [moved] = await until(([row]) => row?.last_error === 'SealBroken');
    expect(moved).toMatchObject({ last_error: 'SealBroken', delivered: false });
  });

  it('tries again after a failure, with the same id', async () => {
    carry = ({ attempt }) => (attempt < 3 ? Promise.reject(new Error('out of order')) : Promise.resolve());
    await put({ text: 'patience' });
    await until(([row]) => row?.attempts === 1 && row.last_error !== null);
    await hurry();
    await until(([row]) => row?.attempts === 2 && row.last_error !== null);
    await hurry();
    expect(await until(([row]) => row?.delivered === true)).toMatchObject([{ attempts: 3, payload: {} }]);
    expect(new Set(carried.map(({ id }) => id)).size).toBe(1);
  });

  it('gives up what nobody will ever take, and forgets what it said', async () => {
    carry = () => Promise.reject(new Undeliverable('no such number'));
    await put({ text: 'lost' });
    expect(await until(([row]) => row?.over === true)).toEqual([
      { payload: {}, attempts: 1, delivered: false, over: true, last_error: 'Undeliverable' },
    ]);
  });

  it('carries nothing that nobody needs any more', async () => {
    await put({ text: 'too late' }, 0);
    await put({ text: 'in time' });
    const found = await until(each => each.some(row => row.delivered));
    expect(found.map(row => row.delivered)).toEqual([false, true]);
    expect(carried.map(({ content }) => content)).toEqual([{ text: 'in time' }]);
  });

  it('is looked into while more and more is put in', async () => {
    const end = Date.now() + PATIENCE_MS;
    for (let number = 0; carried.length === 0 && Date.now() < end; number++) await put({ number });
    expect(carried.length).toBeGreaterThan(0);
    await until(found => found.every(row => row.delivered));
  });

  it('carries a hundred messages once each, however many couriers look', async () => {
    const second = await startAuth({ AUTH_DATABASE_URL: auth.database.authUrl, MASTER_KEY });
    serve(second);
    await Promise.all(Array.from({ length: 100 }, (_, number) => put({ number })));
    await until(found => found.every(row => row.delivered));
    await second.stop();
    const numbers = carried.map(({ content }) => (content as { number: number }).number);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, number) => number));
  });
});

describe('the pause before another try', () => {
  it('grows fourfold up to a quarter of an hour, and ends with the attempts', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7].map(attempt => retryIn(new Error('x'), attempt, 100) ?? 0);
    [1, 4, 16, 64, 256, 900, 900].forEach((seconds, at) => {
      expect((pauses[at] ?? 0) / 1000).toBeGreaterThanOrEqual(seconds * 0.9);
      expect((pauses[at] ?? 0) / 1000).toBeLessThanOrEqual(seconds * 1.1);
    });
    expect(retryIn(new Error('x'), 100, 100)).toBeUndefined();
    expect(retryIn(new Undeliverable('x'), 1, 100)).toBeUndefined();
  });
});
