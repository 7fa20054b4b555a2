import type { Encode } from '../../ir';
import type { TypeModel } from '../../model';
import { jsonKind, scientific } from '../../planner';
import { codecOf, pgTypes } from '../scalars';

/** How a client's value is written for a column of a type: numbers where their spelling matters to Postgres. */
export function encodeOf(type: TypeModel): Encode {
  const spelling = type.schema === 'pg_catalog' ? spellings[type.name] : undefined;
  return spelling ?? codecOf(type).encode;
}

/** numeric keeps the digits that it is given; money knows no exponents. */
const spellings: Readonly<Record<string, Encode>> = {
  numeric: spelled(scientific),
  money: spelled(withoutExponent),
};

function spelled(spell: (text: string) => string): Encode {
  const { encode } = codecOf(pgTypes.numeric);
  return (value, path) => {
    const text = encode(value, path);
    return text === null || jsonKind(value) !== 'Number' ? text : spell(text);
  };
}

/** -2E-2 as -0.02. */
export function withoutExponent(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d*))?[eE]([+-]?\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padStart(whole.length + fraction.length + Math.max(0, -point), '0');
  const at = Math.max(0, point);
  const filled = digits.padEnd(at, '0');
  const rest = filled.slice(at);
  return `${sign}${filled.slice(0, at) || '0'}${rest === '' ? '' : `.${rest}`}`;
}
