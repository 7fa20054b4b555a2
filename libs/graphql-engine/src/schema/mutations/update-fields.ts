import { GraphQLList, type GraphQLInputObjectType, type GraphQLObjectType } from 'graphql';
import { always, and, type Assignment, type BoolExp, type Mutation, type MutationAnswer } from '../../ir';
import type { TableModel, UpdatePermission } from '../../model';
import type { Input, RootPlanned, FieldRequest } from '../../planner';
import { planBoolExp } from '../arguments/plan-condition';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { required } from '../scalars';
import { clientColumns } from './columns';
import { keeping, source } from './insert-steps';
import { described, quoted } from './nouns';
import { hasVisibleKey, planKey, primaryKeyType } from './primary-key';
import { changedRowType, conditionType } from './reach';
import { planResponse, planRowAnswer, responseType } from './response';
import { operatorArguments, planAssignments } from './update-operators';

/**
 * `update_t`, `update_t_by_pk` and `update_t_many`, for roles that have a column to give. The permission's filter and
 * check go into every one of them.
 */
export function updateFields(context: RoleContext, table: TableModel): FieldMap {
  const permission = context.update(table);
  if (!permission || clientColumns(table, permission).length === 0) return {};
  const { update, updateByPk, updateMany } = table.rootFields;
  const fields: FieldMap = {
    [update.name]: updateWhere(context, table, permission),
    ...(!context.hides('update_many_fields') && {
      [updateMany.name]: updateBatches(context, table, permission),
    }),
  };
  const row = changedRowType(context, table);
  return row && hasVisibleKey(context, table)
    ? { ...fields, [updateByPk.name]: updateOne(context, table, permission, row) }
    : fields;
}

const whereDescription = 'filter the rows which have to be updated';

function updateWhere(context: RoleContext, table: TableModel, permission: UpdatePermission): Field {
  return field<RootPlanned>({
    type: responseType(context, table),
    description: described(table.rootFields.update.comment, `update data of the table: ${quoted(table)}`),
    args: {
      ...operatorArguments(context, table, permission),
      where: { type: required(conditionType(context, table)), description: whereDescription },
    },
    plan: request => {
      const given = { values: request.arguments, path: `${request.path}.args` };
      const where = planBoolExp(request.arguments.get('where') as Input);
      const assignments = planAssignments(context, table, permission, given);
      const answer = planResponse(context, table, request);
      return { kind: 'node', node: updating(table, permission, { assignments, where, answer }) };
    },
  });
}

/** Hasura answers for the one row with an object that has no members, be there such a row or not. */
const leftAlone: MutationAnswer = { kind: 'response', items: [] };

function updateOne(
  context: RoleContext,
  table: TableModel,
  permission: UpdatePermission,
  rowType: GraphQLObjectType,
): Field {
  const name = context.names.field('pk_columns');
  return field<RootPlanned>({
    type: rowType,
    description: described(
      table.rootFields.updateByPk.comment,
      `update single row of the table: ${quoted(table)}`,
    ),
    args: {
      ...operatorArguments(context, table, permission),
      [name]: { type: required(primaryKeyType(context, table)) },
    },
    plan: request => {
      const given = { values: request.arguments, path: `${request.path}.args` };
      const where = planKey(table, (request.arguments.get(name) as Input).fields());
      const assignments = planAssignments(context, table, permission, given);
      const row = planRowAnswer(rowType, request);
      const answer = assignments.length > 0 ? row : leftAlone;
      return { kind: 'node', node: updating(table, permission, { assignments, where, answer }) };
    },
  });
}

function updateBatches(context: RoleContext, table: TableModel, permission: UpdatePermission): Field {
  const batches = new GraphQLList(required(batchType(context, table, permission)));
  return field<RootPlanned>({
    type: new GraphQLList(responseType(context, table)),
    description: described(
      table.rootFields.updateMany.comment,
      `update multiples rows of table: ${quoted(table)}`,
    ),
    args: { updates: { type: required(batches), description: 'updates to execute, in order' } },
    plan: request => {
      const updates = (request.arguments.get('updates') as Input).items();
      const mutations = updates.map(one => batch(context, table, permission, { request, input: one }));
      return { kind: 'node', node: { kind: 'mutation-list', mutations } };
    },
  });
}

/** `t_updates`: one update of `update_t_many`. */
function batchType(
  context: RoleContext,
  table: TableModel,
  permission: UpdatePermission,
): GraphQLInputObjectType {
  return context.input(context.names.type(table.graphqlName, 'updates'), () => ({
    fields: () => ({
      ...operatorArguments(context, table, permission),
      where: { type: required(conditionType(context, table)), description: whereDescription },
    }),
  }));
}

interface Batch {
  readonly request: FieldRequest;
  readonly input: Input;
}

function batch(
  context: RoleContext,
  table: TableModel,
  permission: UpdatePermission,
  { request, input }: Batch,
): Mutation {
  const values = input.fields();
  const where = planBoolExp(values.get('where') as Input);
  const assignments = planAssignments(context, table, permission, { values, path: input.path });
  return updating(table, permission, { assignments, where, answer: planResponse(context, table, request) });
}

interface Asked {
  readonly assignments: readonly Assignment[];
  readonly where: BoolExp;
  readonly answer: MutationAnswer;
}

/** Without an assignment nothing is updated, and nothing is answered: no step. */
function updating(
  table: TableModel,
  permission: UpdatePermission,
  { assignments, where, answer }: Asked,
): Mutation {
  const change = {
    kind: 'update',
    table: source(table),
    assignments,
    where: and(permission.filter, where),
    check: permission.check ?? always,
  } as const;
  const steps = assignments.length > 0 ? [{ change, path: '$', keep: keeping(table, { rows: true }) }] : [];
  return { kind: 'mutation', table: source(table), steps, answer };
}
