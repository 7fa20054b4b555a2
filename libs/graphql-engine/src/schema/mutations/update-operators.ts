import {
  GraphQLInt,
  GraphQLList,
  GraphQLString,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import type { Assignment, AssignmentOperation } from '../../ir';
import type { ColumnModel, TableModel, UpdatePermission } from '../../model';
import { invalid, type Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, plannedMembers, type InputFieldMap } from '../field';
import { codecOf, columnTypeOf, pgTypes, required, typeOf } from '../scalars';
import { clientColumns, columnParam, presetAssignments } from './columns';
import { quoted } from './nouns';
import { encodeOf } from './numbers';

/** One way to change columns: an argument, the input type behind it, and what it does to a column. */
interface Operator {
  readonly argument: string;
  readonly typeWords: string;
  readonly description: string;
  readonly typeDescription?: (table: TableModel) => string;
  readonly operation: AssignmentOperation;
  readonly applies: (column: ColumnModel) => boolean;
  readonly type: (context: RoleContext, column: ColumnModel) => GraphQLInputType;
  readonly value: (column: ColumnModel, input: Input) => Assignment['value'];
}

/** Types that `_inc` adds to, as in Hasura. */
const numeric = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'money']);

const isNumeric = ({ type }: ColumnModel) => type.schema === 'pg_catalog' && numeric.has(type.name);
const isJsonb = ({ type }: ColumnModel) => type.schema === 'pg_catalog' && type.name === 'jsonb';
const ownType = (context: RoleContext, { type }: ColumnModel) => typeOf(context, type);
const ownValue = ({ type }: ColumnModel, input: Input) => input.param(type, encodeOf(type));

const set: Operator = {
  argument: '_set',
  typeWords: 'set_input',
  description: 'sets the columns of the filtered rows to the given values',
  typeDescription: table => `input type for updating data in table ${quoted(table)}`,
  operation: 'set',
  applies: () => true,
  type: columnTypeOf,
  value: columnParam,
};

const increment: Operator = {
  argument: '_inc',
  typeWords: 'inc_input',
  description: 'increments the numeric columns with given value of the filtered values',
  typeDescription: table => `input type for incrementing numeric columns in table ${quoted(table)}`,
  operation: 'increment',
  applies: isNumeric,
  type: ownType,
  value: ownValue,
};

const prepend: Operator = {
  argument: '_prepend',
  typeWords: 'prepend_input',
  description: 'prepend existing jsonb value of filtered columns with new jsonb value',
  operation: 'prepend',
  applies: isJsonb,
  type: ownType,
  value: ownValue,
};

const append: Operator = {
  argument: '_append',
  typeWords: 'append_input',
  description: 'append existing jsonb value of filtered columns with new jsonb value',
  operation: 'append',
  applies: isJsonb,
  type: ownType,
  value: ownValue,
};

const deleteKey: Operator = {
  argument: '_delete_key',
  typeWords: 'delete_key_input',
  description:
    'delete key/value pair or string element. key/value pairs are matched based on their key value',
  operation: 'delete-key',
  applies: isJsonb,
  type: () => GraphQLString,
  value: (_, input) => input.param(pgTypes.text, codecOf(pgTypes.text).encode),
};

const deleteElement: Operator = {
  argument: '_delete_elem',
  typeWords: 'delete_elem_input',
  description:
    'delete the array element with specified index (negative integers count from the end). ' +
    'throws an error if top level container is not an array',
  operation: 'delete-element',
  applies: isJsonb,
  type: () => GraphQLInt,
  value: (_, input) => input.param(pgTypes.int4, codecOf(pgTypes.int4).encode),
};

const deleteAtPath: Operator = {
  argument: '_delete_at_path',
  typeWords: 'delete_at_path_input',
  description:
    'delete the field or element with specified path (for JSON arrays, negative integers count from the end)',
  operation: 'delete-at-path',
  applies: isJsonb,
  type: () => new GraphQLList(required(GraphQLString)),
  value: (_, input) => input.param(pgTypes.textArray, codecOf(pgTypes.text).encodeMembers),
};

const operators = [set, increment, prepend, append, deleteKey, deleteElement, deleteAtPath] as const;

/** The arguments by which a role may change a table's columns; an operator without columns is not there. */
export function operatorArguments(
  context: RoleContext,
  table: TableModel,
  permission: UpdatePermission,
): InputFieldMap {
  const columns = clientColumns(table, permission);
  return Object.fromEntries(
    operators
      .map(operator => [operator, columns.filter(operator.applies)] as const)
      .filter(([, applicable]) => applicable.length > 0)
      .map(([operator, applicable]) => [
        context.names.field(operator.argument),
        argument(context, table, operator, applicable),
      ]),
  );
}

function argument(
  context: RoleContext,
  table: TableModel,
  operator: Operator,
  columns: readonly ColumnModel[],
) {
  return { type: inputType(context, table, operator, columns), description: operator.description };
}

function inputType(
  context: RoleContext,
  table: TableModel,
  operator: Operator,
  columns: readonly ColumnModel[],
): GraphQLInputObjectType {
  return context.input(context.names.type(table.graphqlName, operator.typeWords), () => ({
    description: operator.typeDescription?.(table) ?? operator.description,
    fields: () =>
      Object.fromEntries(columns.map(column => [column.graphqlName, member(context, operator, column)])),
  }));
}

function member(context: RoleContext, { operation, type, value }: Operator, column: ColumnModel) {
  const plan = (input: Input): Assignment => ({
    column: column.name,
    operation,
    value: value(column, input),
  });
  return inputField({ type: type(context, column), description: column.comment, plan });
}

/** Everything that an update assigns: presets, and what the client gave. No column may be assigned twice. */
export function planAssignments(
  context: RoleContext,
  table: TableModel,
  permission: UpdatePermission,
  given: { readonly values: ReadonlyMap<string, Input>; readonly path: string },
): readonly Assignment[] {
  const asked = operators.flatMap(operator => {
    const input = given.values.get(context.names.field(operator.argument));
    return input && !input.isNull ? assignmentsOf(input) : [];
  });
  const assignments = [...presetAssignments(table, permission.set), ...asked];
  refuseRepeats(table, assignments, given.path);
  return assignments;
}

function assignmentsOf(input: Input): readonly Assignment[] {
  return plannedMembers<(input: Input) => Assignment>(input).map(({ value, plan }) => plan(value));
}

function refuseRepeats(table: TableModel, assignments: readonly Assignment[], path: string): void {
  const times = (name: string) => assignments.filter(({ column }) => column === name).length;
  const repeated = [...table.columns.keys()].filter(name => times(name) > 1);
  if (repeated.length === 0) return;
  throw invalid(
    path,
    `Column found in multiple operators: [${repeated.map(name => `'${name}'`).join(', ')}].`,
  );
}
