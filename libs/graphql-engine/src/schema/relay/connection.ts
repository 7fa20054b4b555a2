import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  type GraphQLObjectType,
  type GraphQLScalarType,
} from 'graphql';
import type {
  Connection,
  ConnectionField,
  EdgeItem,
  FieldValue,
  JoinColumns,
  PageInfoItem,
  RowSource,
} from '../../ir';
import { invalid, type FieldRequest } from '../../planner';
import { notNull, planRows, selectArguments } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { planFields } from '../tables/plan-fields';
import type { VisibleTable } from '../tables/visible';
import { cursorPositions, totalOrder } from './cursor';

/** `t_connection` inside a row. */
export function connectionField(
  context: RoleContext,
  seen: VisibleTable,
  from: RowSource,
  on: JoinColumns,
): Field {
  return field<FieldValue>({
    type: new GraphQLNonNull(connectionType(context, seen)),
    args: connectionArguments(context, seen),
    description: 'An array relationship connection',
    plan: request => ({ kind: 'nested', rows: planConnection(context, seen, request, from, on) }),
  });
}

export function connectionArguments(context: RoleContext, seen: VisibleTable) {
  const { limit: _limit, offset: _offset, ...rest } = selectArguments(context, seen);
  return {
    ...rest,
    first: { type: GraphQLInt },
    last: { type: GraphQLInt },
    after: { type: GraphQLString },
    before: { type: GraphQLString },
  };
}

export function planConnection(
  context: RoleContext,
  seen: VisibleTable,
  request: FieldRequest,
  from: RowSource,
  on: JoinColumns = [],
): Connection {
  const given = (name: string) => notNull(request.arguments.get(name));
  const [first, last, after, before] = ['first', 'last', 'after', 'before'].map(given);
  refuseBoth(request, 'after', after, 'before', before);
  refuseBoth(request, 'first', first, 'last', last);
  const { limits: _limits, offset: _offset, ...rows } = planRows(context, seen, request, from, on);
  const orderBy = totalOrder(seen.table, rows.orderBy);
  const size = first ?? last;
  const cursor = after ?? before;
  const { limit } = seen.permission;
  return {
    kind: 'connection',
    ...rows,
    orderBy,
    way: last || before ? 'backward' : 'forward',
    sizes: [...(limit === undefined ? [] : [limit]), ...(size ? [size.count()] : [])],
    ...(cursor && { cursor: cursorPositions(seen.table, orderBy, cursor) }),
    fields: planConnectionFields(request, connectionType(context, seen)),
  };
}

function refuseBoth(
  request: FieldRequest,
  one: string,
  first: unknown,
  other: string,
  second: unknown,
): void {
  if (!first || !second) return;
  throw invalid(`${request.path}.args`, `"${one}" and "${other}" are not allowed at once`);
}

function planConnectionFields(request: FieldRequest, type: GraphQLObjectType): readonly ConnectionField[] {
  const planned = request.selection(type).plan<ConnectionField>(text => ({ alias: '', kind: 'text', text }));
  return planned.map(({ alias, value }) => ({ ...value, alias }));
}

export function connectionType(context: RoleContext, seen: VisibleTable): GraphQLObjectType {
  const name = context.names.type(`${seen.table.graphqlName}Connection`);
  return context.object(name, () => ({
    description: `A Relay connection object on "${seen.table.graphqlName}"`,
    fields: () => ({ pageInfo: pageInfoField(context), edges: edgesField(context, seen) }),
  }));
}

function pageInfoField(context: RoleContext): Field {
  const type = context.object('PageInfo', () => ({ fields: pageInfoFields }));
  return field<ConnectionField>({
    type: new GraphQLNonNull(type),
    plan: request => {
      const items = request.selection(type).plan<PageInfoItem>(text => ({ alias: '', kind: 'text', text }));
      return { alias: '', kind: 'page-info', items: items.map(({ alias, value }) => ({ ...value, alias })) };
    },
  });
}

function pageInfoFields(): FieldMap {
  const item = (type: GraphQLScalarType, kind: 'has-next' | 'has-previous' | 'start-cursor' | 'end-cursor') =>
    field<PageInfoItem>({ type: new GraphQLNonNull(type), plan: () => ({ alias: '', kind }) });
  return {
    hasNextPage: item(GraphQLBoolean, 'has-next'),
    hasPreviousPage: item(GraphQLBoolean, 'has-previous'),
    startCursor: item(GraphQLString, 'start-cursor'),
    endCursor: item(GraphQLString, 'end-cursor'),
  };
}

function edgesField(context: RoleContext, seen: VisibleTable): Field {
  const type = edgeType(context, seen);
  return field<ConnectionField>({
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
    plan: request => {
      const items = request.selection(type).plan<EdgeItem>(text => ({ alias: '', kind: 'text', text }));
      return { alias: '', kind: 'edges', items: items.map(({ alias, value }) => ({ ...value, alias })) };
    },
  });
}

function edgeType(context: RoleContext, seen: VisibleTable): GraphQLObjectType {
  const row = context.builders.row(context, seen);
  return context.object(context.names.type(`${seen.table.graphqlName}Edge`), () => ({
    fields: () => ({
      cursor: field<EdgeItem>({
        type: new GraphQLNonNull(GraphQLString),
        plan: () => ({ alias: '', kind: 'cursor' }),
      }),
      node: field<EdgeItem>({
        type: new GraphQLNonNull(row),
        plan: request => ({ alias: '', kind: 'node', fields: planFields(request.selection(row)) }),
      }),
    }),
  }));
}
