import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Alone, SECRET } from '../../apps/graphql/src/alone.fixture';

const run = promisify(execFile);

/** Clients as their makers publish them; their packages stand apart, since some want older libraries than ours. */
describe('a client as published', () => {
  let engine: Alone;

  beforeAll(async () => {
    if (!existsSync(join(__dirname, 'node_modules'))) {
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'], {
        cwd: __dirname,
      });
    }
    engine = await Alone.open();
  }, 600_000);
  afterAll(() => engine.close());

  it.each(['apollo', 'urql', 'subscriptions-transport-ws', 'react-admin', 'refine', 'codegen'])(
    'does not notice which engine answers: %s',
    async client => {
      const env = {
        PATH: process.env['PATH'],
        URL: `${engine.url}/v1/graphql`,
        WS: `${engine.url.replace('http', 'ws')}/v1/graphql`,
        SECRET,
      };
      await expect(run(process.execPath, [`${client}.mjs`], { cwd: __dirname, env })).resolves.toMatchObject({
        stderr: expect.not.stringContaining('Error'),
      });
    },
    300_000,
  );
});
