import { GraphQLList, type GraphQLInputObjectType } from 'graphql';
import type { Param } from '../../ir';
import type { ColumnModel, InsertPermission, RelationshipModel, TableModel } from '../../model';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, plannedMembers, type InputFieldMap } from '../field';
import { columnTypeOf, required } from '../scalars';
import { clientColumns, columnParam } from './columns';
import type { NewRow, RelatedRows } from './new-rows';
import { quoted } from './nouns';
import { onConflictType, planOnConflict } from './on-conflict';

/** What one member of a row is: a cell, or rows of another table. Nothing for a relationship that is null. */
type Part = (input: Input) => Member | undefined;

type Member =
  | { readonly kind: 'cell'; readonly column: string; readonly value: Param }
  | { readonly kind: 'related'; readonly rows: RelatedRows };

/** `t_insert_input`: one row, with the rows that belong to it. */
export function insertInputType(
  context: RoleContext,
  table: TableModel,
  permission: InsertPermission,
): GraphQLInputObjectType {
  return context.input(context.names.type(table.graphqlName, 'insert_input'), () => ({
    description: `input type for inserting data into table ${quoted(table)}`,
    fields: () => ({ ...columnFields(context, table, permission), ...relationshipFields(context, table) }),
  }));
}

export function planRow(input: Input): NewRow {
  const members = plannedMembers<Part>(input).flatMap(({ value, plan }) => plan(value) ?? []);
  const cells = new Map(
    members.flatMap(member => (member.kind === 'cell' ? [[member.column, member.value]] : [])),
  );
  return { cells, related: members.flatMap(member => (member.kind === 'related' ? [member.rows] : [])) };
}

function columnFields(context: RoleContext, table: TableModel, permission: InsertPermission): InputFieldMap {
  const columns = clientColumns(table, permission);
  return Object.fromEntries(columns.map(column => [column.graphqlName, columnField(context, column)]));
}

function columnField(context: RoleContext, column: ColumnModel) {
  const plan: Part = input => ({ kind: 'cell', column: column.name, value: columnParam(column, input) });
  return inputField({ type: columnTypeOf(context, column), description: column.comment, plan });
}

function relationshipFields(context: RoleContext, table: TableModel): InputFieldMap {
  const fields: InputFieldMap = {};
  for (const relationship of table.relationships.values()) {
    const target = context.table(relationship.target);
    const permission = context.insert(target);
    if (permission) fields[relationship.name] = relationshipField(context, relationship, target, permission);
  }
  return fields;
}

function relationshipField(
  context: RoleContext,
  relationship: RelationshipModel,
  table: TableModel,
  permission: InsertPermission,
) {
  const type =
    relationship.kind === 'object'
      ? objectInputType(context, table, permission)
      : arrayInputType(context, table, permission);
  const plan: Part = input => {
    if (input.isNull) return undefined;
    const given = input.fields();
    const data = given.get('data') as Input;
    const rows = (relationship.kind === 'object' ? [data] : data.items()).map(planRow);
    if (rows.length === 0) return undefined;
    const onConflict = planOnConflict(context, table, given.get(context.names.field('on_conflict')));
    return { kind: 'related', rows: { relationship, table, permission, rows, onConflict } };
  };
  return inputField({ type, plan });
}

function objectInputType(context: RoleContext, table: TableModel, permission: InsertPermission) {
  return context.input(context.names.type(table.graphqlName, 'obj_rel_insert_input'), () => ({
    description: `input type for inserting object relation for remote table ${quoted(table)}`,
    fields: () => ({
      data: { type: required(insertInputType(context, table, permission)) },
      ...conflictField(context, table),
    }),
  }));
}

function arrayInputType(context: RoleContext, table: TableModel, permission: InsertPermission) {
  return context.input(context.names.type(table.graphqlName, 'arr_rel_insert_input'), () => ({
    description: `input type for inserting array relation for remote table ${quoted(table)}`,
    fields: () => ({
      data: { type: required(new GraphQLList(required(insertInputType(context, table, permission)))) },
      ...conflictField(context, table),
    }),
  }));
}

function conflictField(context: RoleContext, table: TableModel): InputFieldMap {
  const type = onConflictType(context, table);
  return type ? { [context.names.field('on_conflict')]: { type, description: 'upsert condition' } } : {};
}
