import { GraphQLID, GraphQLNonNull } from 'graphql';
import { and, type BoolExp } from '../../ir';
import type { ColumnModel } from '../../model';
import { EngineError } from '../../executor';
import { invalid, jsonKind, type Input, paramOf, type RootPlanned, type FieldRequest } from '../../planner';
import { displayName, tableSource } from '../tables/table-name';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import type { RootFields } from '../root-type';
import { functionConnections } from '../roots/functions';
import { encodeAny } from '../scalars';
import { rowType } from '../tables/object-type';
import { planFields } from '../tables/plan-fields';
import { visible, type VisibleTable } from '../tables/visible';
import { connectionArguments, connectionType, planConnection } from './connection';
import { nodeInterface } from './node';
import { parseNodeId } from './node-id';

/** The query root of the relay API: a connection for each table and function with a primary key, any node by its id. */
export function relayRoots(context: RoleContext): RootFields {
  return {
    ofTable: table => {
      const seen = visible(context, table);
      return seen && table.primaryKey ? connectionRoot(context, seen) : {};
    },
    others: () => ({ ...functionConnections(context), node: nodeRoot(context) }),
  };
}

function connectionRoot(context: RoleContext, seen: VisibleTable): FieldMap {
  const { table } = seen;
  return {
    [`${table.rootFields.select.name}_connection`]: field<RootPlanned>({
      type: new GraphQLNonNull(connectionType(context, seen)),
      args: connectionArguments(context, seen),
      description: `fetch data from the table: "${displayName(table)}"`,
      plan: request => ({ kind: 'node', node: planConnection(context, seen, request, tableSource(table)) }),
    }),
  };
}

function nodeRoot(context: RoleContext): Field {
  return field<RootPlanned>({
    type: nodeInterface(context),
    args: { id: { type: new GraphQLNonNull(GraphQLID), description: 'A globally unique id' } },
    plan: request => planNode(context, request),
  });
}

function planNode(context: RoleContext, request: FieldRequest): RootPlanned {
  const input = request.arguments.get('id') as Input;
  const { schema, name, key } = parseNodeId(input.exact(), input.path);
  const table = context.model.tables.get(`${schema}.${name}`);
  const seen = table && visible(context, table);
  if (!seen?.table.primaryKey)
    throw invalid(input.path, `invalid node id: the table "${name}" is not a node`);
  return {
    kind: 'node',
    node: {
      kind: 'select',
      from: tableSource(seen.table),
      on: [],
      where: and(keyEquals(seen, key, request.path), seen.permission.filter),
      orderBy: [],
      distinctOn: [],
      limits: [],
      fields: planFields(request.selection(rowType(context, seen))),
      cardinality: 'one',
    },
  };
}

function keyEquals({ table }: VisibleTable, key: readonly unknown[], path: string): BoolExp {
  const columns = (table.primaryKey?.columns ?? []).flatMap(name => table.columns.get(name) ?? []);
  if (columns.length !== key.length)
    throw invalid(path, `invalid node id: unexpected number of key values for "${table.name}"`);
  return and(...columns.map((column, at) => columnEquals(column, key[at], path)));
}

function columnEquals(column: ColumnModel, value: unknown, path: string): BoolExp {
  refuseOtherType(column, value, path);
  const right = paramOf({ from: 'constant', value }, column.type, encodeAny, path);
  return {
    kind: 'compare',
    left: { kind: 'column', column: column.name, type: column.type },
    operator: 'eq',
    right,
  };
}

// Postgres would take a number for a text; the id was not made by us then.
function refuseOtherType(column: ColumnModel, value: unknown, path: string): void {
  if (column.type.category !== 'S' || typeof value === 'string') return;
  const message = `value of column '${column.name}' in node id: parsing Text failed, expected String, but encountered ${jsonKind(value)}`;
  throw new EngineError('parse-failed', message, { path });
}
