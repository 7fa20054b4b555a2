import type { GraphQLEnumType } from 'graphql';
import type { ColumnModel } from '../../model';
import type { RoleContext } from '../context';
import { displayName } from './table-name';
import { visibleColumns, type VisibleTable } from './visible';

/** `t_select_column`: the columns that the role may select; the internal value is the column. */
export function selectColumnType(context: RoleContext, seen: VisibleTable): GraphQLEnumType {
  const name = context.names.type(seen.table.graphqlName, 'select_column');
  return columnEnum(
    context,
    name,
    `select columns of table "${displayName(seen.table)}"`,
    visibleColumns(seen),
  );
}

export function columnEnum(
  context: RoleContext,
  name: string,
  description: string,
  columns: readonly ColumnModel[],
): GraphQLEnumType {
  return context.enum(name, () => ({
    description,
    values: Object.fromEntries(
      columns.map(column => [column.graphqlName, { value: column, description: 'column name' }]),
    ),
  }));
}
