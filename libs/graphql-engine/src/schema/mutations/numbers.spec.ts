import { withoutExponent } from './numbers';

describe('numbers without exponents', () => {
  it.each([
    ['-2E-2', '-0.02'],
    ['1e3', '1000'],
    ['1.25e1', '12.5'],
    ['1.25e2', '125'],
    ['12.5e-3', '0.0125'],
    ['12.34', '12.34'],
    ['7', '7'],
  ])('%s is %s', (given, plain) => expect(withoutExponent(given)).toBe(plain));
});
