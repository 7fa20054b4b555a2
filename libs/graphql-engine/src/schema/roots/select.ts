import { GraphQLList, GraphQLNonNull } from 'graphql';
import type { RootPlanned } from '../../planner';
import { tableSource } from '../tables/table-name';
import { planRows, selectArguments } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type FieldMap } from '../field';
import { rowType } from '../tables/object-type';
import { planFields } from '../tables/plan-fields';
import type { VisibleTable } from '../tables/visible';
import { rootDescription } from './description';

/** `t`: a list of rows. */
export function selectRoot(context: RoleContext, seen: VisibleTable): FieldMap {
  const { table } = seen;
  const type = rowType(context, seen);
  return {
    [table.rootFields.select.name]: field<RootPlanned>({
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
      args: selectArguments(context, seen),
      description: rootDescription(table, 'select', name => `fetch data from the table: "${name}"`),
      plan: request => ({
        kind: 'node',
        node: {
          kind: 'select',
          ...planRows(context, seen, request, tableSource(table)),
          fields: planFields(request.selection(type)),
          cardinality: 'many',
        },
      }),
    }),
  };
}
