import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaints, lastLines, launch, lengthOf, plainEnvironment } from './command';

describe('a command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nself-command-'));
  const log = join(folder, 'log');
  const run = async (script: string): Promise<void> => {
    const command = { file: process.execPath, args: ['-e', script], cwd: folder, env: plainEnvironment() };
    await once(launch(command, log), 'exit');
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes its output to the end of its log', async () => {
    await run('console.log("one")');
    await run('console.error("two")');
    expect(lastLines(log, 5)).toEqual(['one', 'two']);
  });

  it('is quoted with what it says to people, and without records and stacks', async () => {
    const from = lengthOf(log);
    await run(
      `console.log('{"level":30}'); console.error('auth: AUTH_PORT is "x"'); throw new Error('broken')`,
    );
    expect(complaints(log, from, 10)).toEqual(
      expect.arrayContaining(['auth: AUTH_PORT is "x"', 'Error: broken']),
    );
    expect(complaints(log, from, 10).join('\n')).not.toMatch(/^\s+at |^\{|Node\.js v/m);
  });

  it('finds nothing of our settings in its environment', () => {
    process.env.SOME_SECRET = 'x';
    expect(plainEnvironment()).not.toHaveProperty('SOME_SECRET');
    expect(plainEnvironment()).toHaveProperty('PATH');
  });

  it('starts a new log when the old one has grown too large, and keeps that one', async () => {
    writeFileSync(log, '');
    truncateSync(log, 33 * 1024 * 1024);
    await run('console.log("fresh")');
    expect(lastLines(log, 5)).toEqual(['fresh']);
    expect(existsSync(`${log}.1`)).toBe(true);
  });
});
