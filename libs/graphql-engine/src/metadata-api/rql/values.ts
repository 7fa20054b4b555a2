import type { Json } from '@nself/hasura-metadata';
import { EngineError } from '../../executor';
import type { Encode, Param } from '../../ir';
import { isSessionVariable, type ColumnModel } from '../../model';
import { paramOf } from '../../planner/param';
import { codecOf, encodeAny, pgTypes } from '../../schema/scalars';

const encodeNull: Encode = () => null;

/** A value for a column. A text that names a session variable is that variable, as in permissions. */
export function columnParam(column: ColumnModel, value: Json, path: string): Param {
  if (value === null) return paramOf({ from: 'constant', value }, column.type, encodeNull, path);
  if (isSessionVariable(value)) {
    return paramOf({ from: 'session', name: value.toLowerCase() }, column.type, encodeAny, path);
  }
  const json = ['json', 'jsonb'].includes(column.type.name) || Array.isArray(value);
  return paramOf(
    { from: 'constant', value },
    column.type,
    json ? codecOf(column.type).encode : encodeAny,
    path,
  );
}

/** `limit` and `offset`. @throws EngineError `not-supported` when it is negative */
export function naturalParam(value: number, path: string): Param {
  if (value < 0) throw new EngineError('not-supported', 'unexpected negative value', { path });
  return paramOf({ from: 'constant', value }, pgTypes.int8, encodeAny, path);
}
