import type { GraphQLFieldConfigArgumentMap } from 'graphql';
import { and, type BoolExp } from '../../ir';
import type { ColumnModel } from '../../model';
import type { Input, FieldRequest, RootPlanned } from '../../planner';
import { tableSource } from '../tables/table-name';
import type { RoleContext } from '../context';
import { field, type FieldMap } from '../field';
import { codecOf, columnTypeOf, required } from '../scalars';
import { rowType } from '../tables/object-type';
import { planFields } from '../tables/plan-fields';
import type { VisibleTable } from '../tables/visible';
import { rootDescription } from './description';

/** `t_by_pk`: the row of a key, or null. Only for roles that may select the whole key. */
export function selectByPkRoot(context: RoleContext, seen: VisibleTable): FieldMap {
  const { table, permission } = seen;
  const key = keyColumns(seen);
  if (!key) return {};
  const type = rowType(context, seen);
  return {
    [table.rootFields.selectByPk.name]: field<RootPlanned>({
      type,
      args: keyArguments(context, key),
      description: rootDescription(
        table,
        'selectByPk',
        name => `fetch data from the table: "${name}" using primary key columns`,
      ),
      plan: request => ({
        kind: 'node',
        node: {
          kind: 'select',
          from: tableSource(table),
          on: [],
          where: and(planKey(key, request), permission.filter),
          orderBy: [],
          distinctOn: [],
          limits: [],
          fields: planFields(request.selection(type)),
          cardinality: 'one',
        },
      }),
    }),
  };
}

/** The primary key's columns, if the role may select all of them. */
export function keyColumns({ table, permission }: VisibleTable): readonly ColumnModel[] | undefined {
  const columns = table.primaryKey?.columns.map(name => table.columns.get(name));
  const all = columns?.every(column => column !== undefined && permission.columns.has(column.name));
  return all ? (columns as ColumnModel[]) : undefined;
}

export function keyArguments(
  context: RoleContext,
  key: readonly ColumnModel[],
): GraphQLFieldConfigArgumentMap {
  return Object.fromEntries(
    key.map(column => [
      column.graphqlName,
      { type: required(columnTypeOf(context, column)), description: column.comment },
    ]),
  );
}

export function planKey(key: readonly ColumnModel[], request: FieldRequest): BoolExp {
  return and(...key.map(column => keyEquals(column, request.arguments.get(column.graphqlName) as Input)));
}

/** A column equal to a value of its own GraphQL type. */
export function keyEquals(column: ColumnModel, value: Input): BoolExp {
  const right =
    column.enumTable === undefined
      ? value.param(column.type, codecOf(column.type).encode)
      : value.enumParam(column.type);
  return {
    kind: 'compare',
    left: { kind: 'column', column: column.name, type: column.type },
    operator: 'eq',
    right,
  };
}
