import type { GraphQLObjectType } from 'graphql';
import { and, type BoolExp, type Mutation, type MutationAnswer } from '../../ir';
import type { DeletePermission, TableModel } from '../../model';
import type { Input, RootPlanned } from '../../planner';
import { planBoolExp } from '../arguments/plan-condition';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { required } from '../scalars';
import { keeping, source } from './insert-steps';
import { described, quoted } from './nouns';
import { hasVisibleKey, keyArguments, planKey } from './primary-key';
import { changedRowType, conditionType } from './reach';
import { planResponse, planRowAnswer, responseType } from './response';

/** `delete_t` and `delete_t_by_pk`. */
export function deleteFields(context: RoleContext, table: TableModel): FieldMap {
  const permission = context.delete(table);
  if (!permission) return {};
  const { delete: deleteMany, deleteByPk } = table.rootFields;
  const many = { [deleteMany.name]: deleteWhere(context, table, permission) };
  const row = changedRowType(context, table);
  return row && hasVisibleKey(context, table)
    ? { ...many, [deleteByPk.name]: deleteOne(context, table, permission, row) }
    : many;
}

function deleteWhere(context: RoleContext, table: TableModel, permission: DeletePermission): Field {
  return field<RootPlanned>({
    type: responseType(context, table),
    description: described(table.rootFields.delete.comment, `delete data from the table: ${quoted(table)}`),
    args: {
      where: {
        type: required(conditionType(context, table)),
        description: 'filter the rows which have to be deleted',
      },
    },
    plan: request => {
      const where = planBoolExp(request.arguments.get('where') as Input);
      return {
        kind: 'node',
        node: deletion(table, permission, where, planResponse(context, table, request)),
      };
    },
  });
}

function deleteOne(
  context: RoleContext,
  table: TableModel,
  permission: DeletePermission,
  row: GraphQLObjectType,
): Field {
  return field<RootPlanned>({
    type: row,
    description: described(
      table.rootFields.deleteByPk.comment,
      `delete single row from the table: ${quoted(table)}`,
    ),
    args: keyArguments(context, table),
    plan: request => {
      const where = planKey(table, request.arguments);
      return { kind: 'node', node: deletion(table, permission, where, planRowAnswer(row, request)) };
    },
  });
}

function deletion(
  table: TableModel,
  permission: DeletePermission,
  where: BoolExp,
  answer: MutationAnswer,
): Mutation {
  const change = { kind: 'delete', from: source(table), where: and(permission.filter, where) } as const;
  return {
    kind: 'mutation',
    table: source(table),
    steps: [{ change, path: '$', keep: keeping(table, { rows: true }) }],
    answer,
  };
}
