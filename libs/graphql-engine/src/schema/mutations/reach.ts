import type { GraphQLInputObjectType, GraphQLObjectType } from 'graphql';
import { always } from '../../ir';
import type { TableModel } from '../../model';
import { boolExpType } from '../arguments/bool-exp';
import type { RoleContext } from '../context';
import { rowType } from '../tables/object-type';
import { visible, type VisibleTable } from '../tables/visible';

/** `t_bool_exp` of the rows to be changed. A role that may not see the table has nothing to ask about it. */
export function conditionType(context: RoleContext, table: TableModel): GraphQLInputObjectType {
  return boolExpType(context, visible(context, table) ?? unseen(table));
}

/** The type of one changed row; undefined for a role that may not see the table. */
export function changedRowType(context: RoleContext, table: TableModel): GraphQLObjectType | undefined {
  const seen = visible(context, table);
  return seen && rowType(context, seen);
}

function unseen(table: TableModel): VisibleTable {
  const bare = {
    ...table,
    relationships: new Map<string, never>(),
    computedFields: new Map<string, never>(),
  };
  const permission = {
    columns: new Set<string>(),
    computedFields: new Set<string>(),
    filter: always,
    allowAggregations: false,
  };
  return { table: bare, permission };
}
