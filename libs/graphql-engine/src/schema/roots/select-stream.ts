import {
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
} from 'graphql';
import { and, type StreamColumn } from '../../ir';
import type { ColumnModel } from '../../model';
import { invalid, type Input, type FieldRequest, type RootPlanned } from '../../planner';
import { boolExpType } from '../arguments/bool-exp';
import { identifier, tableSource } from '../tables/table-name';
import { notNull, planWhere } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, inputField, plannedMembers, type FieldMap } from '../field';
import { codecOf, columnTypeOf } from '../scalars';
import { rowType } from '../tables/object-type';
import { planFields } from '../tables/plan-fields';
import { visibleColumns, type VisibleTable } from '../tables/visible';
import { rootDescription } from './description';

/** `t_stream`: rows after a cursor, in batches, in the cursor's order. Subscriptions only. */
export function selectStreamRoot(context: RoleContext, seen: VisibleTable): FieldMap {
  const { table, permission } = seen;
  if (context.hides('stream_fields')) return {};
  if (permission.subscriptionRootFields && !permission.subscriptionRootFields.has('select_stream')) return {};
  const type = rowType(context, seen);
  const list = new GraphQLNonNull(new GraphQLList(cursorType(context, seen)));
  return {
    [table.rootFields.selectStream.name]: field<RootPlanned>({
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
      args: {
        [context.names.field('batch_size')]: {
          type: new GraphQLNonNull(GraphQLInt),
          description: 'maximum number of rows returned in a single batch',
        },
        cursor: { type: list, description: 'cursor to stream the results returned by the query' },
        where: { type: boolExpType(context, seen), description: 'filter the rows returned' },
      },
      description: rootDescription(
        table,
        'selectStream',
        name => `fetch data from the table in a streaming manner: "${name}"`,
      ),
      plan: request => planStream(context, seen, request),
    }),
  };
}

function planStream(context: RoleContext, seen: VisibleTable, request: FieldRequest): RootPlanned {
  const type = rowType(context, seen);
  const batch = request.arguments.get(context.names.field('batch_size')) as Input;
  const cursor = request.arguments.get('cursor') as Input;
  return {
    kind: 'node',
    node: {
      kind: 'stream',
      from: tableSource(seen.table),
      on: [],
      where: and(seen.permission.filter, planWhere(notNull(request.arguments.get('where')))),
      orderBy: [],
      distinctOn: [],
      limits: [...limitOf(seen), batch.count()],
      fields: planFields(request.selection(type)),
      cardinality: 'many',
      cursor: planCursor(context, cursor, `${request.path}.args`),
    },
  };
}

const limitOf = ({ permission }: VisibleTable) => (permission.limit === undefined ? [] : [permission.limit]);

// As in Hasura one column makes the cursor.
function planCursor(context: RoleContext, input: Input, path: string): readonly StreamColumn[] {
  const items = input.items().filter(item => !item.isNull);
  const columns = items.flatMap(item => {
    const fields = item.fields();
    const ordering = notNull(fields.get('ordering'))?.enumValue<'asc' | 'desc'>() ?? 'asc';
    const values = plannedMembers<ColumnModel>(fields.get(context.names.field('initial_value')) as Input);
    return values.map(({ value, plan: column }) => ({ column, value, ordering }));
  });
  if (columns.length === 0) throw invalid(path, 'one streaming column field is expected');
  if (columns.length > 1) throw invalid(path, 'multiple column cursors are not supported yet');
  return columns.map(({ column, value, ordering }) => ({
    column: column.name,
    type: column.type,
    direction: ordering,
    initial: value.nullableParam(column.type, codecOf(column.type).encode),
  }));
}

function cursorType(context: RoleContext, seen: VisibleTable): GraphQLInputObjectType {
  const { graphqlName } = seen.table;
  return context.input(context.names.type(graphqlName, 'stream_cursor_input'), () => ({
    description: `Streaming cursor of the table "${identifier(seen.table)}"`,
    fields: () => ({
      [context.names.field('initial_value')]: {
        type: new GraphQLNonNull(cursorValueType(context, seen)),
        description: 'Stream column input with initial value',
      },
      ordering: { type: orderingType(context), description: 'cursor ordering' },
    }),
  }));
}

function cursorValueType(context: RoleContext, seen: VisibleTable): GraphQLInputObjectType {
  return context.input(context.names.type(seen.table.graphqlName, 'stream_cursor_value_input'), () => ({
    description: 'Initial value of the column from where the streaming should start',
    fields: () =>
      Object.fromEntries(
        visibleColumns(seen).map(column => [
          column.graphqlName,
          inputField({ type: columnTypeOf(context, column), description: column.comment, plan: column }),
        ]),
      ),
  }));
}

function orderingType(context: RoleContext): GraphQLEnumType {
  return context.enum(context.names.shared('', 'cursor_ordering'), () => ({
    description: 'ordering argument of a cursor',
    values: {
      ASC: { value: 'asc', description: 'ascending ordering of the cursor' },
      DESC: { value: 'desc', description: 'descending ordering of the cursor' },
    },
  }));
}
