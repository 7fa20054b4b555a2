import { changedLines } from './difference';

const changes = (before: string, after: string): string =>
  changedLines(before.replaceAll(' ', '\n'), after.replaceAll(' ', '\n'))
    .map(({ sign, text }) => sign + text)
    .join(' ');

describe('the lines by which two texts differ', () => {
  it.each([
    ['a b c', 'a b c', ''],
    ['a b c', 'a c', '-b'],
    ['a c', 'a b c', '+b'],
    ['a b c', 'a x c', '-b +x'],
    ['a b c d', 'c d a b', '-a -b +a +b'],
  ])('%s / %s: %s', (before, after, expected) => expect(changes(before, after)).toBe(expected));
});
