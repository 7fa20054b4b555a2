import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, plainEnvironment, type Server } from '@nself/dev-stack';
import { backoff } from './backoff';
import { Watched } from './watched';

/** A server that is a few lines of JavaScript. It counts as ready as soon as it has written its greeting. */
function program(folder: string, script: string): Server {
  const log = join(folder, 'log');
  return {
    name: 'program',
    stopSignal: 'SIGTERM',
    prepare: () =>
      Promise.resolve({ file: process.execPath, args: ['-e', script], cwd: folder, env: plainEnvironment() }),
    check: async () => {
      const text = await Promise.resolve(readFileSync(log, 'utf8'));
      if (!text.includes('here')) throw new Error('not yet');
    },
  };
}

describe('a watched server', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nself-watched-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const watch = (script: string, changed: () => void = () => undefined): Watched =>
    new Watched(program(folder, script), { log: join(folder, 'log'), attempts: 2, changed });

  it('is started again when it is killed, and says how it ended', async () => {
    let wake: () => void = () => undefined;
    const watched = watch('console.log("here"); setInterval(() => 0, 1000)', () => wake());
    await watched.untilReady();
    const first = watched.report().process;
    const again = new Promise<void>(resolve => {
      wake = () => {
        if (watched.report().restarts === 1 && watched.report().state === 'ready') resolve();
      };
    });
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await again;
    expect(watched.report()).toMatchObject({ state: 'ready', restarts: 1, lastExit: 'SIGKILL' });
    expect(watched.report().process).not.toEqual(first);
    await watched.stop();
    expect(watched.report().state).toBe('stopped');
  });

  it('is given up when it never came up, with its own words', async () => {
    const watched = watch('console.error("program: KEY is missing"); process.exit(1)');
    await expect(watched.untilReady()).rejects.toThrow('program: KEY is missing');
    expect(watched.report()).toMatchObject({ state: 'failed', restarts: 1, lastExit: 'code 1' });
    await watched.stop();
  });

  it('is gone when it was stopped, also while it comes up', async () => {
    const watched = watch('setInterval(() => 0, 1000)');
    const ready = watched.untilReady();
    ready.catch(() => undefined);
    while (!watched.report().process) await new Promise(resolve => setTimeout(resolve, 20));
    const pid = watched.report().process?.pid ?? 0;
    await watched.stop();
    expect(identify(pid)).toBeUndefined();
  });
});

describe('the pause before a start', () => {
  it('grows with each failure in a row and has an end', () => {
    const pauses = [1, 2, 3, 4, 20].map(backoff);
    expect(pauses).toEqual([100, 200, 400, 800, 15_000]);
  });
});
