import type { Json } from '@nself/hasura-metadata';
import { EngineError } from '../../executor';
import type { Encode, Param } from '../../ir';
import { isSessionVariable, type ColumnModel } from '../../model';
import { jsonKind, paramOf } from '../../planner';
import { codecOf, encodeAny, pgTypes } from '../../schema';

const encodeNull: Encode = () => null;

/** A value for a column. A text that names a session variable is that variable, as in permissions. */
export function columnParam(column: ColumnModel, value: Json, path: string): Param {
  if (value === null) return paramOf({ from: 'constant', value }, column.type, encodeNull, path);
  if (isSessionVariable(value)) {
    return paramOf({ from: 'session', name: value.toLowerCase() }, column.type, encodeAny, path);
  }
  return paramOf({ from: 'constant', value }, column.type, encodeFor(column, value), path);
}

function encodeFor({ type }: ColumnModel, value: Json): Encode {
  return type.name === 'numeric' && jsonKind(value) === 'Number' ? encodeInFours : codecOf(type).encode;
}

// Hasura sends these numbers in Postgres's binary form, where decimals come in groups of four, and a column of type
// numeric keeps as many as it is given: 12345.67 is 12345.6700 from then on.
const encodeInFours: Encode = value => {
  const text = String(value);
  const [whole = '', fraction] = text.split('.');
  if (fraction === undefined || /e/i.test(text)) return text;
  return `${whole}.${fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0')}`;
};

/** `limit` and `offset`. @throws EngineError `not-supported` when it is negative */
export function naturalParam(value: number, path: string): Param {
  if (value < 0) throw new EngineError('not-supported', 'unexpected negative value', { path });
  return paramOf({ from: 'constant', value }, pgTypes.int8, encodeAny, path);
}
