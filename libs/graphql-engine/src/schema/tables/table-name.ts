import type { RowSource } from '../../ir';
import type { TableModel } from '../../model';

/** A table's name in descriptions: schema only when it is not public. */
export function displayName({ schema, name }: TableModel): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}

/** A table's name as the API would say it in snake case, whatever the naming convention. */
export function identifier({ schema, name, graphqlName, customName }: TableModel): string {
  if (customName) return graphqlName;
  return schema === 'public' ? name : `${schema}_${name}`;
}

export function tableSource({ schema, name }: TableModel): RowSource {
  return { kind: 'table', schema, name };
}
