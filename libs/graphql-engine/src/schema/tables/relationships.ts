import { GraphQLList, GraphQLNonNull } from 'graphql';
import type { FieldValue } from '../../ir';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { planRows, selectArguments } from '../arguments/select';
import { tableSource } from './table-name';
import { connectionField } from '../relay/connection';
import { aggregateType, planAggregate } from './aggregate-type';
import { planFields } from './plan-fields';
import { visibleRelationships, type VisibleRelationship, type VisibleTable } from './visible';

/** Object relationships as objects; array relationships as lists, with their aggregate or connection beside them. */
export function relationshipFields(context: RoleContext, seen: VisibleTable): FieldMap {
  const fields: FieldMap = {};
  for (const related of visibleRelationships(context, seen)) {
    const { name, kind } = related.relationship;
    if (kind === 'object') {
      fields[name] = objectField(context, related);
      continue;
    }
    fields[name] = arrayField(context, related);
    if (related.target.permission.allowAggregations) {
      fields[context.names.field(`${name}_aggregate`)] = aggregateField(context, related);
    }
    if (context.options.relay && related.target.table.primaryKey) {
      const { table } = related.target;
      fields[`${name}_connection`] = connectionField(
        context,
        related.target,
        tableSource(table),
        related.relationship.columns,
      );
    }
  }
  return fields;
}

// A row that a permission hides leaves null behind, whatever the foreign key says, unless the role sees all of them.
function objectField(context: RoleContext, { relationship, target }: VisibleRelationship): Field {
  const type = context.builders.row(context, target);
  const everyRow = target.permission.filter.kind === 'constant' && target.permission.filter.value;
  return field<FieldValue>({
    type: relationship.nullable || !everyRow ? type : new GraphQLNonNull(type),
    description: relationship.comment ?? 'An object relationship',
    plan: request => ({
      kind: 'nested',
      rows: {
        kind: 'select',
        from: tableSource(target.table),
        on: relationship.columns,
        where: target.permission.filter,
        orderBy: [],
        distinctOn: [],
        limits: [1],
        fields: planFields(request.selection(type)),
        cardinality: 'one',
      },
    }),
  });
}

function arrayField(context: RoleContext, { relationship, target }: VisibleRelationship): Field {
  const type = context.builders.row(context, target);
  return field<FieldValue>({
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
    args: selectArguments(context, target),
    description: relationship.comment ?? 'An array relationship',
    plan: request => ({
      kind: 'nested',
      rows: {
        kind: 'select',
        ...planRows(context, target, request, tableSource(target.table), relationship.columns),
        fields: planFields(request.selection(type)),
        cardinality: 'many',
      },
    }),
  });
}

function aggregateField(context: RoleContext, { relationship, target }: VisibleRelationship): Field {
  return field<FieldValue>({
    type: new GraphQLNonNull(aggregateType(context, target)),
    args: selectArguments(context, target),
    description: 'An aggregate relationship',
    plan: request => ({
      kind: 'nested',
      rows: planAggregate(context, target, request, tableSource(target.table), relationship.columns),
    }),
  });
}
