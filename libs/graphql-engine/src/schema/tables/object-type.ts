import type { GraphQLObjectType } from 'graphql';
import type { RoleContext } from '../context';
import type { FieldMap } from '../field';
import { nodeInterfaces, nodeIdField } from '../relay/node';
import { columnFields } from './columns';
import { computedFieldFields } from './computed-fields';
import { relationshipFields } from './relationships';
import { displayName } from './table-name';
import type { VisibleTable } from './visible';

/** The type of one row: columns, relationships and computed fields that the role may select. */
export function rowType(context: RoleContext, seen: VisibleTable): GraphQLObjectType {
  const { table } = seen;
  return context.object(context.names.type(table.graphqlName), () => ({
    description: table.comment ?? `columns and relationships of "${displayName(table)}"`,
    interfaces: () => nodeInterfaces(context, table),
    fields: (): FieldMap => ({
      ...columnFields(context, seen),
      ...computedFieldFields(context, seen),
      ...relationshipFields(context, seen),
      ...nodeIdField(context, seen),
    }),
  }));
}
