import { complaints } from './try-rule.fixture';

const cyclesIn = (path: string): string[] => complaints('no-cycles', path, '');

describe('no-cycles', () => {
  it('finds two files that import each other', () =>
    expect(cyclesIn('test/architecture/fixtures/cycle/hen.ts')).toEqual(['cycle']));

  it('forgives types that refer to each other', () =>
    expect(cyclesIn('test/architecture/fixtures/cycle/letter.ts')).toEqual([]));

  it('has nothing against a straight line', () => expect(cyclesIn('libs/kernel/src/index.ts')).toEqual([]));
});
