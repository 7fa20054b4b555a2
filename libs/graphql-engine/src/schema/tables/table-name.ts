import type { RowSource } from '../../ir';
import type { TableModel } from '../../model';

/** A table's name in descriptions: schema only when it is not public. */
export function displayName({ schema, name }: TableModel): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}

export function tableSource({ schema, name }: TableModel): RowSource {
  return { kind: 'table', schema, name };
}
