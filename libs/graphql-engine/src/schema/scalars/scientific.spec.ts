import { scientific } from './scientific';

describe('numbers in scientific spelling', () => {
  it.each([
    ['5', '5.0'],
    ['0', '0.0'],
    ['-0.000', '0.0'],
    ['12.50', '12.5'],
    ['0.1', '0.1'],
    ['0.01', '1.0e-2'],
    ['-1E-30', '-1.0e-30'],
    ['2147483648', '2.147483648e9'],
    ['9999999', '9999999.0'],
    ['10000000', '1.0e7'],
    ['123e2', '12300.0'],
    ['0.00123', '1.23e-3'],
    ['1e21', '1.0e21'],
  ])('%s is %s', (given, spelled) => expect(scientific(given)).toBe(spelled));

  it('leaves alone what is no number', () => expect(scientific('NaN')).toBe('NaN'));
});
