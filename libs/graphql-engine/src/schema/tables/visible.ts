import type { ColumnOperand, ComputedOperand, FunctionCall } from '../../ir';
import type {
  ColumnModel,
  ComputedFieldModel,
  RelationshipModel,
  SelectPermission,
  TableModel,
} from '../../model';
import { paramOf } from '../../planner';
import type { RoleContext } from '../context';
import { encodeAny, pgTypes } from '../scalars';

/** A table as one role sees it: what it may select, never more. Everything that reads starts here. */
export interface VisibleTable {
  readonly table: TableModel;
  readonly permission: SelectPermission;
}

export function visible(context: RoleContext, table: TableModel): VisibleTable | undefined {
  const permission = context.select(table);
  return permission && { table, permission };
}

export function visibleColumns({ table, permission }: VisibleTable): readonly ColumnModel[] {
  return [...table.columns.values()].filter(column => permission.columns.has(column.name));
}

/** Relationships whose other side the role may select. */
export function visibleRelationships(
  context: RoleContext,
  { table }: VisibleTable,
): readonly VisibleRelationship[] {
  return [...table.relationships.values()].flatMap(relationship => {
    const key = context.model.tables.get(relationship.target);
    const target = key && visible(context, key);
    return target ? [{ relationship, target }] : [];
  });
}

export interface VisibleRelationship {
  readonly relationship: RelationshipModel;
  readonly target: VisibleTable;
}

export type VisibleComputedField =
  | { readonly kind: 'scalar'; readonly field: ComputedFieldModel }
  | { readonly kind: 'table'; readonly field: ComputedFieldModel; readonly target: VisibleTable };

/** Scalar ones by the role's list, table ones by the permission of their table. */
export function visibleComputedFields(
  context: RoleContext,
  { table, permission }: VisibleTable,
): readonly VisibleComputedField[] {
  return [...table.computedFields.values()].flatMap((field): VisibleComputedField[] => {
    if (field.returns.kind === 'scalar')
      return permission.computedFields.has(field.name) ? [{ kind: 'scalar', field }] : [];
    const model = context.model.tables.get(field.returns.table);
    const target = model && visible(context, model);
    return target ? [{ kind: 'table', field, target }] : [];
  });
}

/** A column as the role may read it: null in rows where an inherited role's condition does not hold. */
export function columnOperand({ permission }: VisibleTable, column: ColumnModel): ColumnOperand {
  const when = permission.conditions?.get(column.name);
  return { kind: 'column', column: column.name, type: column.type, ...(when && { when }) };
}

/** A computed field without arguments of the client's, as a scalar of the row. */
export function computedOperand(
  { permission }: VisibleTable,
  field: ComputedFieldModel,
): ComputedOperand | undefined {
  if (field.returns.kind !== 'scalar') return undefined;
  const when = permission.conditions?.get(field.name);
  return {
    kind: 'computed',
    call: callWithoutArguments(field),
    type: field.returns.type,
    ...(when && { when }),
  };
}

/** Whether a client can leave every argument out. */
export function needsNoArguments(field: ComputedFieldModel): boolean {
  return field.arguments.every(argument => argument.fill !== undefined);
}

export function callWithoutArguments(field: ComputedFieldModel): FunctionCall {
  const filled = field.arguments.filter(argument => argument.fill !== undefined);
  return {
    ...field.function,
    arguments: filled.map(argument => ({
      value: argument.fill === 'row' ? { kind: 'row' as const } : sessionJson,
    })),
  };
}

/** All session variables, as the JSON argument that a function asks for. */
export const sessionJson = paramOf({ from: 'session-json' }, pgTypes.json, encodeAny, '$');
