import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { testStack, type TestStack } from '../support';

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
  afterAll(() => stack.stop());

  it.each(apps)(
    'starts %s',
    async app => {
      const child = spawn(process.execPath, [join(root, 'node_modules/.bin/nest'), 'start', app], {
        cwd: root,
        env: stack.environment(app),
        detached: true,
        stdio: 'pipe',
      });
      let said = '';
      child.stdout.on('data', chunk => (said += String(chunk)));
      child.stderr.on('data', chunk => (said += String(chunk)));
      const ended = new Promise<string>(resolve =>
        child.once('exit', code => resolve(`it ended with ${code}`)),
      );
      const answer = await Promise.race([untilReady(stack.url(app, '/ready')), ended]);
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      expect({ answer, said }).toMatchObject({ answer: 'ready' });
    },
    300_000,
  );
});

async function untilReady(url: string): Promise<string> {
  for (;;) {
    const ready = await fetch(url).then(
      answer => answer.ok,
      () => false,
    );
    if (ready) return 'ready';
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}
