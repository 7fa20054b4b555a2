import { Socket } from 'node:net';
import type { Outcome } from './exchange';
import { prepared, type Group, type Statement } from './group';
import type { Pipeline } from './pipeline';
import { family, walledDatabase, type WalledDatabase } from './pipeline.fixture';

/** Hears what is written to Postgres, a piece for each write. */
class HeardSocket extends Socket {
  readonly writes: string[] = [];

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.writes.push(chunk.toString('latin1'));
    super._write(chunk, encoding, done);
  }
}

/** Holds the first statement of a connection back, as one that is new to its server takes long. */
class SlowAtFirst extends HeardSocket {
  private held = false;

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const first = !this.held && chunk.toString('latin1').includes('select');
    this.held ||= first;
    setTimeout(() => super._write(chunk, encoding, done), first ? 1_000 : 0);
  }
}

const LEAST = prepared('select min(id)::text from notes');
const SHARE = prepared('select (100 / $1::int)::text', ['4']);
const read = (id: number, statement: Statement): Group => ({
  context: family(id),
  statements: [statement],
  readOnly: true,
});
const told = (outcome: Outcome | undefined): string | undefined =>
  outcome && ('error' in outcome ? outcome.error.message : outcome.result[0]?.[0]?.[0]?.toString());

describe('groups that wait for a connection', () => {
  let database: WalledDatabase;
  let socket: HeardSocket;
  let pipeline: Pipeline;

  beforeAll(async () => {
    database = await walledDatabase(process.env['TEST_DATABASE_URL'] ?? '');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    socket = new HeardSocket();
    pipeline = database.open({ connections: 1, quickMs: 60_000, connection: { stream: () => socket } });
    for (const statement of [LEAST, SHARE]) await pipeline.run(read(1, statement));
  });

  /** What the groups are answered when they come at once, and the number of writes that all of them took. */
  const together = async (groups: readonly Group[]): Promise<{ answers: unknown[]; writes: number }> => {
    const before = socket.writes.length;
    const outcomes = await Promise.all(groups.map(group => pipeline.runEach([group])));
    return { answers: outcomes.map(([outcome]) => told(outcome)), writes: socket.writes.length - before };
  };

  it('share a write when they are quick reads, each with its own context', async () => {
    const families = [1, 2, 3, 4, 5, 6];
    expect(await together(families.map(id => read(id, LEAST)))).toEqual({
      answers: families.map(String),
      writes: 2,
    });
  });

  it('share no fate', async () => {
    const zero = { ...SHARE, values: ['0'] };
    expect(await together([read(1, LEAST), read(2, LEAST), read(3, zero), read(4, LEAST)])).toEqual({
      answers: ['1', '2', 'division by zero', '4'],
      writes: 2,
    });
  });

  it.each<[string, Group]>([
    ['write', { context: family(2), statements: [LEAST] }],
    ['hold several statements', { ...read(2, LEAST), statements: [LEAST, LEAST] }],
  ])('travel alone when they %s', async (_, group) => {
    const { answers, writes } = await together([group, group, group]);
    expect({ answers, writes }).toEqual({ answers: ['2', '2', '2'], writes: 3 });
  });

  it('travel alone when they were never seen', async () => {
    const unseen = [1, 2, 3].map(n => read(2, prepared(`select min(id)::text from notes where id > -${n}`)));
    expect(await together(unseen)).toEqual({ answers: ['2', '2', '2'], writes: 3 });
  });

  it('travel alone when they have taken long', async () => {
    socket = new HeardSocket();
    pipeline = database.open({ connections: 1, quickMs: 100, connection: { stream: () => socket } });
    const slow = read(2, prepared(`select '2' from pg_sleep(0.2)`));
    for (const group of [read(1, LEAST), slow]) await pipeline.run(group);
    expect(await together([slow, slow, slow])).toEqual({ answers: ['2', '2', '2'], writes: 3 });
  });

  it('travel alone when they take long, and only the first of the connection took longer', async () => {
    socket = new SlowAtFirst();
    pipeline = database.open({ connections: 1, quickMs: 100, connection: { stream: () => socket } });
    const slow = read(2, prepared(`select '2' from pg_sleep(0.2)`));
    await pipeline.run(slow);
    expect(await together([slow, slow, slow])).toEqual({ answers: ['2', '2', '2'], writes: 3 });
  });

  describe('where there is another one', () => {
    const pidsOf = async (two: Pipeline, select: string): Promise<Set<string | undefined>> => {
      const me = prepared(`select pg_backend_pid()::text${select}`);
      const outcomes = await Promise.all(Array.from({ length: 12 }, () => two.runEach([read(1, me)])));
      return new Set(outcomes.map(([outcome]) => told(outcome)));
    };

    it('share it when much work waits', async () => {
      const two = database.open({ connections: 2, quickMs: 60_000 });
      await pidsOf(two, ', pg_sleep(0.001)::text');
      expect((await pidsOf(two, ', pg_sleep(0.001)::text')).size).toBe(2);
    });

    it('leave it alone when they are little work', async () => {
      const two = database.open({ connections: 2, quickMs: 60_000 });
      const used: number[] = [];
      while (!used.includes(1)) used.push((await pidsOf(two, '')).size);
      expect(used.at(-1)).toBe(1);
    });
  });
});
