import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testStack, type TestStack } from '../support';
import { killAll } from './processes';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

const root = join(__dirname, '..', '..');

/** Every app with every long run, one with every other: the Nest command type-checks the whole house each time. */
const apps = process.env.NSELF_LONG
  ? ['auth', 'api', 'graphql', 'scheduler', 'stream-gateway']
  : ['stream-gateway'];

describe('the Nest command', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await testStack(apps);
    for (const app of apps) await stack.end(app);
  });
  afterEach(endChild);
  afterAll(() => stack.stop());

  let child: ChildProcess | undefined;

  /** The command and the service that it started; waited for, so that nothing lives on in the database. */
  async function endChild(): Promise<void> {
    if (!child?.pid) return;
    const ended = child.exitCode ?? child.signalCode ?? once(child, 'exit');
    killAll([-child.pid]);
    await ended;
    child = undefined;
  }

  it.each(apps)(
    'starts %s',
    async app => {
      child = spawn(process.execPath, [join(root, 'node_modules/.bin/nest'), 'start', app], {
        cwd: root,
        env: stack.environment(app),
        detached: true,
        stdio: 'pipe',
      });
      let said = '';
      child.stdout?.on('data', chunk => (said += String(chunk)));
      child.stderr?.on('data', chunk => (said += String(chunk)));
      const answer = await untilReady(stack.url(app, '/ready'), child);
      expect({ answer, said }).toMatchObject({ answer: 'ready' });
    },
    300_000,
  );
});

/** Waits for an answer, or for the end of the process. */
async function untilReady(url: string, child: ChildProcess): Promise<string> {
  while (child.exitCode === null && child.signalCode === null) {
    const ready = await fetch(url).then(
      answer => answer.ok,
      () => false,
    );
    if (ready) return 'ready';
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  return `it ended with ${child.exitCode}`;
}
