import { integerOf, scientific } from './scientific';

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

describe('numbers as integers', () => {
  it.each([
    ['5', 32, '5'],
    ['-5.00', 16, '-5'],
    ['12e2', 16, '1200'],
    ['0.5e1', 16, '5'],
    ['-0', 16, '0'],
    ['0e99999999', 16, '0'],
    ['1.5', 32, undefined],
    ['1e-1', 32, undefined],
    ['32767', 16, '32767'],
    ['32768', 16, undefined],
    ['-32768', 16, '-32768'],
    ['9223372036854775807', 64, '9223372036854775807'],
    ['9223372036854775808', 64, undefined],
    ['1e99999999', 64, undefined],
    ['NaN', 64, undefined],
  ])('%s in %d bits is %s', (given, bits, integer) => expect(integerOf(given, bits)).toBe(integer));
});
