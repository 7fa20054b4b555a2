import type { GraphQLInputObjectType } from 'graphql';
import { and, type BoolExp } from '../../ir';
import type { ColumnModel, TableModel } from '../../model';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { columnTypeOf, required } from '../scalars';
import { displayName } from '../tables/table-name';
import { columnParam } from './columns';

/** Whether the role may see the whole primary key: who cannot see a key cannot name a row by it. */
export function hasVisibleKey(context: RoleContext, table: TableModel): boolean {
  const visible = context.select(table)?.columns;
  const key = table.primaryKey?.columns ?? [];
  return key.length > 0 && key.every(name => visible?.has(name) && table.columns.has(name));
}

/** `t_pk_columns_input` */
export function primaryKeyType(context: RoleContext, table: TableModel): GraphQLInputObjectType {
  return context.input(context.names.type(table.graphqlName, 'pk_columns_input'), () => ({
    description: `primary key columns input for table: ${displayName(table)}`,
    fields: () => keyArguments(context, table),
  }));
}

export function keyArguments(context: RoleContext, table: TableModel) {
  return Object.fromEntries(
    columnsOfKey(table).map(column => [
      column.graphqlName,
      { type: required(columnTypeOf(context, column)), description: column.comment },
    ]),
  );
}

/** The one row that the given key names. */
export function planKey(table: TableModel, given: ReadonlyMap<string, Input>): BoolExp {
  return and(...columnsOfKey(table).map(column => equals(column, given.get(column.graphqlName) as Input)));
}

function equals(column: ColumnModel, input: Input): BoolExp {
  const left = { kind: 'column', column: column.name, type: column.type } as const;
  return { kind: 'compare', left, operator: 'eq', right: columnParam(column, input) };
}

function columnsOfKey(table: TableModel): readonly ColumnModel[] {
  return (table.primaryKey?.columns ?? []).flatMap(name => table.columns.get(name) ?? []);
}
