import { once } from 'node:events';
import { Socket } from 'node:net';
import type { GroupResult } from './group';
import { prepared, withLimits } from './group';
import { Pipeline } from './pipeline';
import { family, walledDatabase, type WalledDatabase } from './pipeline.fixture';

const SERVER = process.env['TEST_DATABASE_URL'] ?? '';
const COUNT = prepared('select count(*)::text from notes');

/** Connects, and breaks when it is to bring its second statement. */
class BreakingSocket extends Socket {
  private statements = 0;

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (chunk.toString('latin1').includes('select') && ++this.statements === 2)
      this.destroy(new Error('cut off'));
    else super._write(chunk, encoding, done);
  }
}

const texts = (result: GroupResult): (string | undefined)[][] =>
  result.map(rows => rows.map(row => row.map(field => field?.toString()).join('|')));

describe('a pipelined group', () => {
  let database: WalledDatabase;
  let pipeline: Pipeline;

  beforeAll(async () => {
    database = await walledDatabase(SERVER);
    pipeline = database.open({ connections: 1 });
  });
  afterAll(() => database.drop());

  it('shows the context to its statements and leaves nothing of it behind', async () => {
    expect(texts(await pipeline.run({ context: family(3), statements: [COUNT] }))).toEqual([['7']]);
    expect(texts(await pipeline.run({ statements: [COUNT] }))).toEqual([['0']]);
  });

  it('does not mistake the row of the context for a row of a statement without rows', async () => {
    const none = prepared(`select id::text from notes where id = $1::int`, ['-1']);
    const result = await pipeline.run({ context: family(3), statements: [none, COUNT, none] });
    expect(texts(result)).toEqual([[], ['7'], []]);
  });

  it('runs no statement when the context fails', async () => {
    const broken = prepared('select 1/$1::int', ['0']);
    const write = prepared(`insert into pairs values ($1::int)`, ['1']);
    await expect(pipeline.run({ context: broken, statements: [write] })).rejects.toMatchObject({
      code: '22012',
    });
    expect(await database.query('select * from pairs')).toEqual([]);
  });

  it('rolls the whole group back when one statement fails, and serves the next group', async () => {
    const write = prepared(`insert into pairs values ($1::int)`, ['2']);
    const run = pipeline.run({ statements: [write, prepared('select 1/$1::int', ['0'])] });
    await expect(run).rejects.toMatchObject({ code: '22012' });
    expect(await database.query('select * from pairs')).toEqual([]);
    expect(texts(await pipeline.run({ context: family(0), statements: [COUNT] }))).toEqual([['7']]);
  });

  it('answers only after the commit, so that a deferred constraint is an error', async () => {
    const write = prepared(`insert into pairs values ($1::int, $2::int) returning id::text`, ['3', '99']);
    await expect(pipeline.run({ statements: [write] })).rejects.toMatchObject({
      code: '23503',
      constraint: 'pairs_other_fk',
      table: 'pairs',
    });
  });

  it('says which statement failed', async () => {
    const bad = prepared('select 1/$1::int', ['0']);
    const [second] = await pipeline.runEach([{ context: family(1), statements: [COUNT, bad, COUNT] }]);
    expect(second).toMatchObject({ at: 1 });
    const [context] = await pipeline.runEach([{ context: bad, statements: [COUNT] }]);
    expect(context).not.toHaveProperty('at');
  });

  it('parses a statement again after its Parse has failed once', async () => {
    const future = prepared('select id::text from later');
    await expect(pipeline.run({ statements: [future, COUNT] })).rejects.toMatchObject({ code: '42P01' });
    await database.query(
      'create table later (id int); insert into later values (5); grant select on later to public',
    );
    expect(texts(await pipeline.run({ statements: [future] }))).toEqual([['5']]);
  });

  it('runs again when a schema change made a kept plan stale', async () => {
    const star = prepared('select * from shifting');
    await database.query(
      'create table shifting (a int); insert into shifting values (1); grant select on shifting to public',
    );
    expect(texts(await pipeline.run({ statements: [star] }))).toEqual([['1']]);
    await database.query('alter table shifting add b int default 2');
    expect(texts(await pipeline.run({ statements: [star] }))).toEqual([['1|2']]);
  });

  it('keeps time limits and read-only access inside the group', async () => {
    const slow = prepared('select pg_sleep(30)::text');
    const context = withLimits(family(1), { timeoutMs: 50, readOnly: true });
    await expect(pipeline.run({ context, statements: [slow] })).rejects.toMatchObject({ code: '57014' });
    const write = prepared(`insert into pairs values ($1::int)`, ['4']);
    await expect(pipeline.run({ context, statements: [write] })).rejects.toMatchObject({ code: '25006' });
    const settings = prepared(
      `select current_setting('statement_timeout'), current_setting('transaction_read_only')`,
    );
    expect(texts(await pipeline.run({ statements: [settings] }))).toEqual([['0|off']]);
  });

  it('honours an isolation level and leaves no transaction open when such a group fails', async () => {
    const level = prepared(`select current_setting('transaction_isolation')`);
    const isolation = 'serializable';
    expect(texts(await pipeline.run({ isolation, context: family(1), statements: [level] }))).toEqual([
      ['serializable'],
    ]);
    const bad = prepared('select 1/$1::int', ['0']);
    await expect(pipeline.run({ isolation, statements: [bad] })).rejects.toMatchObject({ code: '22012' });
    expect(texts(await pipeline.run({ statements: [level] }))).toEqual([['read committed']]);
  });

  it('gives each group of one write its own context and its own fate', async () => {
    const bad = prepared('select 1/$1::int', ['0']);
    const outcomes = await pipeline.runEach([
      { context: family(1), statements: [prepared('select min(id)::text from notes')] },
      { context: family(2), statements: [bad] },
      { context: family(5), statements: [prepared('select min(id)::text from notes')] },
    ]);
    const seen = outcomes.map(outcome =>
      'error' in outcome ? outcome.error.message : texts(outcome.result),
    );
    expect(seen).toEqual([[['1']], 'division by zero', [['5']]]);
  });

  it('hands large and odd values through unchanged', async () => {
    const value = `${'é😀"\\'.repeat(60_000)}end`;
    const echo = prepared('select $1::text, $2::text', [value, null]);
    const [[row] = []] = await pipeline.run({ statements: [echo] });
    expect(row?.[0]?.toString()).toBe(value);
    expect(row?.[1]).toBeNull();
  });

  it.each([
    ['number', { statements: 3 }],
    ['length', { characters: 50 }],
  ])('bounds the statements that a connection keeps, by their %s', async (_, kept) => {
    const small = database.open({ connections: 1, kept });
    for (let i = 10; i < 30; i++) await small.run({ statements: [prepared(`select ${i}::text`)] });
    const count = prepared('select count(*)::text from pg_prepared_statements');
    const [[row] = []] = await small.run({ statements: [count] });
    expect(Number(row?.[0])).toBeLessThanOrEqual(4);
    expect(texts(await small.run({ statements: [prepared('select 10::text')] }))).toEqual([['10']]);
  });

  it('answers a group whose statements were to be parsed by groups that failed', async () => {
    const single = database.open({ connections: 1 });
    const zero = prepared('select 2/$1::int', ['0']);
    const [one, two] = [prepared(`select 'one'`), prepared(`select 'two'`)];
    const outcomes = await single.runEach([
      { statements: [zero, one, two] },
      { statements: [one, zero, two] },
      { statements: [two] },
    ]);
    expect(outcomes).toMatchObject([
      { error: { code: '22012' }, at: 0 },
      { error: { code: '22012' }, at: 1 },
      { result: [[[Buffer.from('two')]]] },
    ]);
  });

  it('refuses a text with a zero byte instead of letting it cut the message', async () => {
    const outcome = pipeline.run({ statements: [prepared('select 1\0; select 2')] });
    await expect(outcome).rejects.toThrow('zero byte');
    expect(texts(await pipeline.run({ context: family(1), statements: [COUNT] }))).toEqual([['7']]);
  });

  it('opens a new connection after one was killed', async () => {
    const me = prepared('select pg_backend_pid()::text');
    const [[row] = []] = await pipeline.run({ statements: [me] });
    await database.query(`select pg_terminate_backend(${row?.[0]?.toString()})`);
    const suicide = pipeline.run({ statements: [prepared('select pg_sleep(0.2)::text')] });
    await suicide.catch(() => undefined);
    expect(texts(await pipeline.run({ context: family(1), statements: [COUNT] }))).toEqual([['7']]);
  });

  describe('when a new connection breaks before it was used', () => {
    const sleep = { statements: [prepared('select pg_sleep(0.2)::text')] };
    const open = (connections: number, ...sockets: Socket[]): Pipeline =>
      database.open({ connections, connection: { stream: () => sockets.shift() ?? new Socket() } });

    it('tells those who waited for it, and opens another for the next', async () => {
      const broken = open(1, new BreakingSocket());
      const waited = await Promise.allSettled([broken.run(sleep), broken.run(sleep)]);
      expect(waited.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(texts(await broken.run({ context: family(1), statements: [COUNT] }))).toEqual([['7']]);
    });

    it('goes on with the others', async () => {
      const breaking = new BreakingSocket();
      const two = open(2, new Socket(), breaking);
      await two.run({ statements: [COUNT] });
      const both = await Promise.all([two.run(sleep), two.run(sleep)]);
      expect(both.map(texts)).toEqual([[['']], [['']]]);
      expect(breaking.destroyed).toBe(true);
    });
  });

  it('leaves no connection behind when it ends while one opens', async () => {
    const socket = new Socket();
    const closed = once(socket, 'close');
    const brief = database.open({ connections: 1, connection: { stream: () => socket } });
    const waiting = brief.run({ statements: [COUNT] });
    await Promise.all([expect(waiting).rejects.toThrow('closed'), brief.end()]);
    await closed;
    expect(brief.load()).toEqual({ open: 0, waiting: 0 });
  });

  it('works without named statements, as behind an old pooler', async () => {
    const plain = database.open({ namedStatements: false });
    expect(texts(await plain.run({ context: family(4), statements: [COUNT, COUNT] }))).toEqual([
      ['7'],
      ['7'],
    ]);
  });

  it('says what is wrong when the database cannot be reached', async () => {
    const nowhere = new Pipeline({ connection: { host: '127.0.0.1', port: 1 }, connections: 1 });
    await expect(nowhere.run({ statements: [COUNT] })).rejects.toThrow(/ECONNREFUSED/);
  });
});
