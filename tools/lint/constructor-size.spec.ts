import { complaints } from './try-rule.fixture';

const withParameters = (count: number): string =>
  `class A { constructor(${Array.from({ length: count }, (_, n) => `private readonly p${n}: P`).join(', ')}) {} }`;

describe('constructor-size', () => {
  it('allows six', () =>
    expect(complaints('constructor-size', 'libs/kernel/src/a.ts', withParameters(6))).toEqual([]));
  it('refuses seven', () =>
    expect(complaints('constructor-size', 'libs/kernel/src/a.ts', withParameters(7))).toEqual(['many']));
});
