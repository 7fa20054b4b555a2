import { stripVTControlCharacters } from 'node:util';
import { logLine } from './log-line';

const shown = (line: string, service = ''): string => stripVTControlCharacters(logLine(line, service));

describe('a line of a log', () => {
  it('is shown as a sentence with its time, level and details', () => {
    const line = JSON.stringify({
      level: 'info',
      time: '2026-01-02T03:04:05.678Z',
      msg: 'listening',
      port: 4000,
    });
    expect(shown(line)).toBe('03:04:05.678 info listening port=4000');
    expect(shown(line, 'auth')).toBe('auth           03:04:05.678 info listening port=4000');
  });

  it('shows where an error happened', () => {
    const line = JSON.stringify({
      level: 50,
      time: 0,
      msg: 'no',
      err: { message: 'broken', stack: 'Error: broken\n at x' },
    });
    expect(shown(line)).toBe('00:00:00.000 error no Error: broken\n at x');
  });

  it.each(['LOG:  database system is ready', '{"half": '])('that is no record stays as it is: %s', line =>
    expect(shown(line)).toBe(line),
  );
});
