import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What a program of its own writes, because loggers write to the standard output of their process. */
function written(program: string): Record<string, unknown>[] {
  const source = `
    import { loadTypeScript } from './tools/load-typescript.mjs';
    const { logger, newTrace, runWithTrace, setLogLevel } = loadTypeScript('libs/observability/src/index.ts');
    const log = logger('spec');
    ${program}`;
  const cwd = join(__dirname, '..', '..', '..', '..');
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd,
    encoding: 'utf8',
  });
  return output
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}

describe('the log', () => {
  it('is lines of JSON with time, level, name and the trace that is going on', () => {
    const [outside, inside] = written(`
      log.info({ files: 3 }, 'swept');
      runWithTrace(newTrace(), () => log.warn('again'));`);
    expect(outside).toEqual({
      level: 'info',
      time: expect.any(String),
      name: 'spec',
      files: 3,
      msg: 'swept',
    });
    expect(inside).toMatchObject({ level: 'warn', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('holds no secret, at the top or one level down', () => {
    const lines = written(`
      log.info({ password: 'hunter2', body: { refreshToken: 'hunter2' }, headers: { authorization: 'Bearer hunter2' } });`);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('says as much as it was told to, also by loggers made before', () => {
    const lines = written(`
      log.debug('too quiet');
      setLogLevel('debug');
      log.debug('loud enough');
      setLogLevel('silent');
      log.error('nothing');`);
    expect(lines.map(({ msg }) => msg)).toEqual(['loud enough']);
  });
});
