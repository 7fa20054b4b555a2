import { stripVTControlCharacters } from 'node:util';
import { table } from './terminal';

describe('a table', () => {
  it('is aligned, colours or not, and has no blanks at its ends', () => {
    const drawn = table(
      ['name', 'state'],
      [
        ['a', '\u001b[32mready\u001b[39m'],
        ['\u001b[1mlonger\u001b[22m', ''],
      ],
    );
    expect(stripVTControlCharacters(drawn).split('\n')).toEqual([
      '  name    state',
      '  a       ready',
      '  longer',
    ]);
  });
});
