import { GraphQLID, GraphQLInterfaceType, GraphQLNonNull } from 'graphql';
import type { FieldValue } from '../../ir';
import type { TableModel } from '../../model';
import type { RoleContext } from '../context';
import { field, type FieldMap } from '../field';
import type { VisibleTable } from '../tables/visible';

/** Relay's `Node`: everything with a global id. */
export function nodeInterface(context: RoleContext): GraphQLInterfaceType {
  return context.once(
    'Node',
    () =>
      new GraphQLInterfaceType({
        name: 'Node',
        description: 'An object with globally unique ID',
        fields: { id: { type: new GraphQLNonNull(GraphQLID), description: 'A globally unique identifier' } },
      }),
  );
}

/** Rows of tables with a primary key are nodes. */
export function nodeInterfaces(context: RoleContext, table: TableModel): GraphQLInterfaceType[] {
  return context.options.relay && table.primaryKey ? [nodeInterface(context)] : [];
}

/** The global id. It hides a column of the same name, as it does in Hasura. */
export function nodeIdField(context: RoleContext, { table }: VisibleTable): FieldMap {
  const key = table.primaryKey;
  if (!context.options.relay || !key) return {};
  const value: FieldValue = {
    kind: 'node-id',
    schema: table.schema,
    table: table.name,
    columns: key.columns,
  };
  return { id: field<FieldValue>({ type: new GraphQLNonNull(GraphQLID), plan: () => value }) };
}
