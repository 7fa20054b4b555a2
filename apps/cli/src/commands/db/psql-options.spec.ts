import { parsePsqlOptions } from './psql-options';

const read = (file: string): string => `contents of ${file}`;

describe('options of psql that are answered without psql', () => {
  it.each([
    [['-At', '-c', 'select 1'], { texts: ['select 1'], quiet: false }],
    [['-qAtc', 'select 1'], { texts: ['select 1'], quiet: true }],
    [['-X', '-A', '-t', '-f', 'a.sql', '-c', 'b'], { texts: ['contents of a.sql', 'b'], quiet: false }],
    [
      ['-v', 'ON_ERROR_STOP=1', '--no-align', '--tuples-only', '--command', 'x'],
      { texts: ['x'], quiet: false },
    ],
  ])('%j', (options, work) => {
    expect(parsePsqlOptions(options, read)).toEqual(work);
  });

  it.each([[[]], [['-c', 'select 1']], [['-At']], [['-At', '-c']], [['-At', '--csv', '-c', 'x']], [['\\d']]])(
    '%j is refused with what to do instead',
    options => {
      expect(() => parsePsqlOptions(options, read)).toThrow('There is no psql');
    },
  );
});
