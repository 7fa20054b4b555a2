/**
 * A number as Hasura writes it (Haskell's `Scientific`): never without a fraction, and with an exponent outside of
 * 0.1 to 10,000,000: 5.0, 12.5, 2.147483648e9, 1.0e-30. Columns of type numeric keep the digits that they are given, so
 * the spelling can be seen in what they answer.
 */
export function scientific(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return '0.0';
  // The value is 0.digits times ten to the power of `point`.
  const point = all.length - fraction.length + Number(exponent);
  return sign + (point >= 0 && point <= 7 ? fixed(digits, point) : withExponent(digits, point));
}

function fixed(digits: string, point: number): string {
  const filled = digits.padEnd(point, '0');
  return `${filled.slice(0, point) || '0'}.${filled.slice(point) || '0'}`;
}

function withExponent(digits: string, point: number): string {
  return `${digits.charAt(0)}.${digits.slice(1) || '0'}e${point - 1}`;
}
