/** A decimal number by its digits that count: 0.digits times ten to the power of `point`. Zero has no digits. */
interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly point: number;
}

function decimalOf(text: string): Decimal | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const all = (whole + fraction).replace(/^0+/, '');
  return { sign, digits: all.replace(/0+$/, ''), point: all.length - fraction.length + Number(exponent) };
}

/**
 * A number as Hasura writes it (Haskell's `Scientific`): never without a fraction, and with an exponent outside of
 * 0.1 to 10,000,000: 5.0, 12.5, 2.147483648e9, 1.0e-30. Columns of type numeric keep the digits that they are given, so
 * the spelling can be seen in what they answer.
 */
export function scientific(text: string): string {
  const decimal = decimalOf(text);
  if (!decimal) return text;
  const { sign, digits, point } = decimal;
  if (digits === '') return '0.0';
  return sign + (point >= 0 && point <= 7 ? fixed(digits, point) : withExponent(digits, point));
}

function fixed(digits: string, point: number): string {
  const filled = digits.padEnd(point, '0');
  return `${filled.slice(0, point) || '0'}.${filled.slice(point) || '0'}`;
}

function withExponent(digits: string, point: number): string {
  return `${digits.charAt(0)}.${digits.slice(1) || '0'}e${point - 1}`;
}

/** More digits than any integer of Postgres has. */
const TOO_LONG = 20;

/** The integer that a number is, if it is one of so many bits: 5, 5.0 and 0.5e1 are the same. */
export function integerOf(text: string, bits: number): string | undefined {
  const decimal = decimalOf(text);
  if (!decimal) return undefined;
  const { sign, digits, point } = decimal;
  if (digits === '') return '0';
  if (point < digits.length || point > TOO_LONG) return undefined;
  const integer = BigInt(sign + digits.padEnd(point, '0'));
  return BigInt.asIntN(bits, integer) === integer ? String(integer) : undefined;
}
