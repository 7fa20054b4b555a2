import { GraphQLList, type GraphQLObjectType } from 'graphql';
import type { InsertPermission, TableModel } from '../../model';
import type { Input, RootPlanned, FieldRequest } from '../../planner';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { required } from '../scalars';
import { insertInputType, planRow } from './insert-input';
import { insertSteps, source } from './insert-steps';
import { described, quoted } from './nouns';
import { onConflictType, planOnConflict } from './on-conflict';
import { changedRowType } from './reach';
import { planResponse, planRowAnswer, responseType } from './response';

/** `insert_t` and `insert_t_one`; the latter answers with the row, so it needs the permission to see it. */
export function insertFields(context: RoleContext, table: TableModel): FieldMap {
  const permission = context.insert(table);
  if (!permission) return {};
  const { insert, insertOne } = table.rootFields;
  const many = { [insert.name]: insertMany(context, table, permission) };
  const row = changedRowType(context, table);
  return row ? { ...many, [insertOne.name]: insertSingle(context, table, permission, row) } : many;
}

function insertMany(context: RoleContext, table: TableModel, permission: InsertPermission): Field {
  const rows = new GraphQLList(required(insertInputType(context, table, permission)));
  return field<RootPlanned>({
    type: responseType(context, table),
    description: described(table.rootFields.insert.comment, `insert data into the table: ${quoted(table)}`),
    args: {
      objects: { type: required(rows), description: 'the rows to be inserted' },
      ...conflictArgument(context, table),
    },
    plan: request => {
      const objects = request.arguments.get('objects') as Input;
      const answer = planResponse(context, table, request);
      return insertion(context, table, permission, {
        request,
        rows: objects.items(),
        path: objects.path,
        answer,
      });
    },
  });
}

function insertSingle(
  context: RoleContext,
  table: TableModel,
  permission: InsertPermission,
  row: GraphQLObjectType,
): Field {
  return field<RootPlanned>({
    type: row,
    description: described(
      table.rootFields.insertOne.comment,
      `insert a single row into the table: ${quoted(table)}`,
    ),
    args: {
      object: {
        type: required(insertInputType(context, table, permission)),
        description: 'the row to be inserted',
      },
      ...conflictArgument(context, table),
    },
    plan: request => {
      const object = request.arguments.get('object') as Input;
      const answer = planRowAnswer(row, request);
      return insertion(context, table, permission, { request, rows: [object], path: object.path, answer });
    },
  });
}

interface Asked {
  readonly request: FieldRequest;
  readonly rows: readonly Input[];
  readonly path: string;
  readonly answer: ReturnType<typeof planResponse>;
}

function insertion(
  context: RoleContext,
  table: TableModel,
  permission: InsertPermission,
  asked: Asked,
): RootPlanned {
  const { request, path, answer } = asked;
  const onConflict = planOnConflict(
    context,
    table,
    request.arguments.get(context.names.field('on_conflict')),
  );
  const steps = insertSteps({ table, permission, rows: asked.rows.map(planRow), onConflict }, path);
  return { kind: 'node', node: { kind: 'mutation', table: source(table), steps, answer } };
}

function conflictArgument(context: RoleContext, table: TableModel) {
  const type = onConflictType(context, table);
  return type && { [context.names.field('on_conflict')]: { type, description: 'upsert condition' } };
}
