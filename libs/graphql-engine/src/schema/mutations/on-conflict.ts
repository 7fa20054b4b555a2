import { GraphQLList, type GraphQLInputObjectType } from 'graphql';
import { and, type OnConflict } from '../../ir';
import type { ColumnModel, TableModel, UniqueModel, UpdatePermission } from '../../model';
import { invalid, type Input } from '../../planner';
import { planBoolExp } from '../arguments/plan-condition';
import type { RoleContext } from '../context';
import { required } from '../scalars';
import { clientColumns, presetAssignments } from './columns';
import { quoted, quotedList } from './nouns';
import { conditionType } from './reach';

/** Constraints can have names that GraphQL cannot say; nobody can ask for those. */
const sayable = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Enum value that stands where a role may update nothing: an enum cannot be empty. */
const placeholder = '_PLACEHOLDER';

/**
 * `t_on_conflict`. It exists for everything with a unique constraint; what may be updated, and of which rows, is what
 * the update permission says. Without one, only `update_columns: []` is left, which leaves the row as it is.
 */
export function onConflictType(context: RoleContext, table: TableModel): GraphQLInputObjectType | undefined {
  const constraints = table.uniques.filter(unique => unique.constraint && sayable.test(unique.name));
  if (table.kind === 'view' || constraints.length === 0) return undefined;
  return context.input(context.names.type(table.graphqlName, 'on_conflict'), () => ({
    description: `on_conflict condition type for table ${quoted(table)}`,
    fields: () => ({
      constraint: { type: required(constraintEnum(context, table, constraints)) },
      [context.names.field('update_columns')]: {
        type: required(new GraphQLList(required(updateColumnEnum(context, table)))),
        defaultValue: [],
      },
      where: { type: conditionType(context, table) },
    }),
  }));
}

export function planOnConflict(
  context: RoleContext,
  table: TableModel,
  input: Input | undefined,
): OnConflict | undefined {
  if (!input || input.isNull) return undefined;
  const given = input.fields();
  const constraint = (given.get('constraint') as Input).enumValue();
  const columns = updateColumns(given.get(context.names.field('update_columns')));
  const permission = context.update(table);
  if (!permission || columns.length === 0) return { constraint };
  return { constraint, update: conflictUpdate(table, permission, columns, given.get('where')) };
}

function conflictUpdate(
  table: TableModel,
  permission: UpdatePermission,
  columns: readonly string[],
  where?: Input,
) {
  const presets = presetAssignments(table, permission.set);
  const condition = where && !where.isNull ? [planBoolExp(where)] : [];
  return { columns, presets, where: and(permission.filter, ...condition), check: permission.check };
}

function updateColumns(input: Input | undefined): readonly string[] {
  const columns = (input?.items() ?? []).map(item => {
    const column = item.enumValue();
    if (column === placeholder) throw invalid(item.path, 'unexpected placeholder for column');
    return column;
  });
  return [...new Set(columns)];
}

function constraintEnum(context: RoleContext, table: TableModel, constraints: readonly UniqueModel[]) {
  return context.enum(context.names.type(table.graphqlName, 'constraint'), () => ({
    description: `unique or primary key constraints on table ${quoted(table)}`,
    values: Object.fromEntries(
      constraints.map(({ name, columns }) => [
        name,
        { value: name, description: `unique or primary key constraint on columns ${quotedList(columns)}` },
      ]),
    ),
  }));
}

function updateColumnEnum(context: RoleContext, table: TableModel) {
  const permission = context.update(table);
  const columns = permission ? clientColumns(table, permission) : [];
  const what = `update columns of table ${quoted(table)}`;
  return context.enum(context.names.type(table.graphqlName, 'update_column'), () =>
    columns.length === 0
      ? {
          description: `placeholder for ${what} (current role has no relevant permissions)`,
          values: { [placeholder]: { value: placeholder, description: 'placeholder (do not use)' } },
        }
      : { description: what, values: Object.fromEntries(columns.map(columnValue)) },
  );
}

const columnValue = ({ graphqlName, name }: ColumnModel) =>
  [graphqlName, { value: name, description: 'column name' }] as const;
