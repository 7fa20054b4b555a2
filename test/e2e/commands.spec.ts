import { chmodSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Installation, type Finished } from '../support';
import { eventually } from './processes';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

interface Finding {
  readonly name: string;
  readonly health: 'good' | 'bad' | 'unknown';
  readonly text: string;
  readonly remedy?: string;
}

const documentOf = <T>({ stdout }: Finished): T => JSON.parse(stdout) as T;

/** What every command says, to people and to machines, on a stack that runs and on one that does not. */
describe('the commands of nself', () => {
  const installation = new Installation({ env: { NSELF_SERVICES: 'auth,graphql' } });
  afterAll(() => installation.remove());

  const sql = async (text: string): Promise<string> => {
    const { code, stdout, stderr } = await installation.run(['db', 'psql', '-At', '-c', text]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    return stdout.trim();
  };

  const examined = async (): Promise<{ code: number | null; ill: Finding[]; healthy: boolean }> => {
    const finished = await installation.run(['doctor', '--json']);
    const { healthy, findings } = documentOf<{ healthy: boolean; findings: Finding[] }>(finished);
    return { code: finished.code, healthy, ill: findings.filter(({ health }) => health === 'bad') };
  };

  describe('while nothing runs', () => {
    it.each([
      [['urls']],
      [['demo']],
      [['logs', 'auth']],
      [['metadata', 'diff']],
      [['db', 'migrate', '-x']],
      [['serve', 'x']],
    ])('%j answers one line and what to do about it', async args => {
      const { code, stderr } = await installation.run(args);
      expect({ args, code, stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/✗ .+\n *→ .+\n$/),
      });
      expect(stderr).not.toMatch(/\n\s+at /);
    });

    it('says so to machines', async () => {
      const status = await installation.run(['status', '--json']);
      expect({ code: status.code, ...documentOf<object>(status) }).toEqual({
        code: 1,
        running: false,
        orphans: [],
      });
      const stop = await installation.run(['stop', '--json']);
      expect({ code: stop.code, ...documentOf<object>(stop) }).toEqual({
        code: 0,
        wasRunning: false,
        ended: [],
      });
      expect(await examined()).toEqual({ code: 0, healthy: true, ill: [] });
    });

    it('has a port that was configured and is taken for an illness', async () => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      const { port } = blocker.address() as AddressInfo;
      const { code, stdout } = await installation.run(['doctor'], { AUTH_PORT: String(port) });
      blocker.close();
      expect({ code, stdout }).toMatchObject({
        code: 1,
        stdout: expect.stringContaining(`AUTH_PORT ${port}`),
      });
    });
  });

  describe('while it runs', () => {
    beforeAll(async () => {
      const started = await installation.run(['start', '--detach', '--json']);
      expect(started).toMatchObject({ code: 0 });
      expect(documentOf<object>(started)).toMatchObject({
        state: 'ready',
        addresses: { auth: expect.any(String) },
      });
    });

    it.each<[args: string[], said: object]>([
      [['status', '--json'], { running: true, ready: true }],
      [['urls', '--json'], { auth: expect.stringContaining('http://'), graphql: expect.any(String) }],
      [['doctor', '--json'], { healthy: true }],
      [['db', 'status', '--json'], { applied: expect.arrayContaining([expect.any(String)]), pending: [] }],
      [['db', 'migrate', '--json'], { applied: [] }],
      [['metadata', 'diff', '--json'], []],
      [['start', '--detach', '--json'], { state: 'ready' }],
    ])('%j answers one document', async (args, said) => {
      const finished = await installation.run(args);
      expect(finished).toMatchObject({ code: 0, stderr: expect.not.stringContaining('✗') });
      expect(documentOf(finished)).toMatchObject(said);
    });

    it('shows what the services wrote, to people and to machines', async () => {
      const { traceparent = '' } = Object.fromEntries(
        (await fetch(`${await addressOf('auth')}/v1/version`)).headers.entries(),
      );
      const [, traceId = ''] = traceparent.split('-');
      await eventually(async () => {
        const all = await installation.run(['logs', '--json', '-n', '1000']);
        const lines = all.stdout.split('\n').filter(line => line.startsWith('{'));
        const written = lines.map(line => JSON.parse(line) as Record<string, unknown>);
        expect(written).toContainEqual(
          expect.objectContaining({ traceId, route: '/v1/version', status: 200 }),
        );
      });
      const one = await installation.run(['logs', 'auth', '-n', '1000']);
      expect(one.stdout).toContain('/v1/version');
      expect(await installation.run(['logs', 'cinema'])).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/no log of "cinema"[\s\S]*There are: .*auth/),
      });
    });

    it('refuses what only a stopped stack can bear', async () => {
      for (const args of [
        ['db', 'rollback'],
        ['db', 'reset', '--yes'],
      ]) {
        expect(await installation.run(args)).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('./nself stop'),
        });
      }
    });

    it('finds a wall that was taken down, and names its table', async () => {
      await sql('alter table posts no force row level security');
      const { code, ill } = await examined();
      await sql('alter table posts force row level security');
      expect(code).toBe(1);
      expect(ill).toEqual([
        {
          name: 'tenant walls',
          health: 'bad',
          text: expect.stringContaining('posts'),
          remedy: expect.any(String),
        },
      ]);
    });

    it('finds secrets that others can read', async () => {
      const file = join(installation.folder, '.env');
      chmodSync(file, 0o644);
      const { ill } = await examined();
      chmodSync(file, 0o600);
      expect(ill).toMatchObject([{ name: 'secrets', remedy: expect.stringContaining('chmod 600') }]);
    });

    it('finds what GraphQL was told to serve and cannot', async () => {
      await sql('alter table posts rename column body to text_of_it');
      await installation.run(['metadata', 'reload']);
      const { ill } = await examined();
      await sql('alter table posts rename column text_of_it to body');
      await installation.run(['metadata', 'reload']);
      expect(ill).toMatchObject([{ name: 'metadata', text: expect.stringContaining('body') }]);
      expect(await examined()).toMatchObject({ code: 0, ill: [] });
    });
  });

  it('undoes and redoes migrations of a stack that is stopped', async () => {
    expect(await installation.stop()).toMatchObject({ code: 0 });
    const { undone } = documentOf<{ undone: string[] }>(
      await installation.run(['db', 'rollback', '-n', '2', '--json']),
    );
    expect(undone).toHaveLength(2);
    const pending = await installation.run(['db', 'status', '--json']);
    expect({ code: pending.code, ...documentOf<{ pending: string[] }>(pending) }).toMatchObject({
      code: 1,
      pending: [...undone].reverse(),
    });
    const { applied } = documentOf<{ applied: string[] }>(
      await installation.run(['db', 'migrate', '--json']),
    );
    expect(applied).toEqual([...undone].reverse());
    expect((await installation.run(['db', 'reset'])).stdout).toContain('Nothing was changed.');
    const reset = await installation.run(['db', 'reset', '--yes', '--json']);
    expect(documentOf<{ applied: string[] }>(reset).applied).toEqual(expect.arrayContaining(applied));
  });

  async function addressOf(service: string): Promise<string> {
    return (await installation.status()).addresses[service] ?? '';
  }
});
