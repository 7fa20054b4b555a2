import { GraphQLNonNull } from 'graphql';
import type { RootPlanned } from '../../planner';
import { tableSource } from '../tables/table-name';
import { selectArguments } from '../arguments/select';
import type { RoleContext } from '../context';
import { field, type FieldMap } from '../field';
import { aggregateType, planAggregate } from '../tables/aggregate-type';
import type { VisibleTable } from '../tables/visible';
import { rootDescription } from './description';

/** `t_aggregate`, for roles that may aggregate. */
export function selectAggregateRoot(context: RoleContext, seen: VisibleTable): FieldMap {
  const { table, permission } = seen;
  if (!permission.allowAggregations) return {};
  return {
    [table.rootFields.selectAggregate.name]: field<RootPlanned>({
      type: new GraphQLNonNull(aggregateType(context, seen)),
      args: selectArguments(context, seen),
      description: rootDescription(
        table,
        'selectAggregate',
        name => `fetch aggregated fields from the table: "${name}"`,
      ),
      plan: request => ({ kind: 'node', node: planAggregate(context, seen, request, tableSource(table)) }),
    }),
  };
}
