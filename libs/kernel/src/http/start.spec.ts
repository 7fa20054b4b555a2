import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { anyFreePort } from '../../../../test/support';

const ROOT = join(__dirname, '..', '..', '..', '..');
const PROGRAM = `import { loadTypeScript } from './tools/load-typescript.mjs'; loadTypeScript('libs/kernel/src/http/start.fixture.ts');`;

interface Mill {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
}

function start(env: Record<string, string>): Mill {
  const process_ = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env },
  });
  let output = '';
  let errors = '';
  process_.stdout.on('data', chunk => (output += chunk));
  process_.stderr.on('data', chunk => (errors += chunk));
  const ended = once(process_, 'close').then(([code]) => code as number | null);
  return { process: process_, output: () => output, errors: () => errors, ended };
}

/** Waits for a word of the mill; jest's own patience ends it. */
async function says(mill: Mill, word: string): Promise<void> {
  while (!mill.output().includes(word)) await wait(20);
}

/** Asks until the mill is no longer ready; answers the status. */
async function unready(port: number): Promise<number> {
  for (;;) {
    const { status } = await fetch(`http://127.0.0.1:${port}/ready`);
    if (status !== 200) return status;
    await wait(20);
  }
}

const KEY = 'a-key-of-some-length';

describe('a start', () => {
  it('with faults ends with one line for each and exit code 1', async () => {
    const mill = start({ MILL_PORT: 'eighty' });
    expect(await mill.ended).toBe(1);
    expect(mill.errors().trim().split('\n')).toEqual([
      'MILL_PORT is "eighty"; expected a port from 0 to 65535.',
      'MILL_KEY is missing; expected 16 random characters or more.',
    ]);
  });

  it('on a port that is taken ends with one line and exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const mill = start({ MILL_PORT: String(port), MILL_KEY: KEY });
    expect(await mill.ended).toBe(1);
    other.close();
    expect(mill.errors().trim()).toBe(
      `Port ${port} on 127.0.0.1 is taken. End what listens there or choose another port.`,
    );
  });
});

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s answers what is in flight and ends with 0', async signal => {
    const port = await anyFreePort();
    const mill = start({ MILL_PORT: String(port), MILL_KEY: KEY, SHUTDOWN_DELAY: '2s' });
    await says(mill, 'listening');
    const answer = fetch(`http://127.0.0.1:${port}/slow`).then(response => response.text());
    await says(mill, 'grinding');
    mill.process.kill(signal);
    expect(await unready(port)).toBe(503);
    expect(await answer).toBe('ground');
    expect(await mill.ended).toBe(0);
  });

  it('does not wait for a client that keeps its connection open after the last answer', async () => {
    const port = await anyFreePort();
    const mill = start({ MILL_PORT: String(port), MILL_KEY: KEY, SHUTDOWN_TIMEOUT: '1h' });
    await says(mill, 'listening');
    const wire = connect(port, '127.0.0.1');
    wire.write('GET /slow HTTP/1.1\r\nhost: mill\r\n\r\n');
    await says(mill, 'grinding');
    mill.process.kill('SIGTERM');
    expect(await text(wire)).toContain('ground');
    expect(await mill.ended).toBe(0);
  }, 30_000);
});
