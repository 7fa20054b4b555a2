import { GraphQLString, isEnumType, type GraphQLFieldConfigArgumentMap } from 'graphql';
import type { Encode, FieldValue, Operand, Param, ScalarField } from '../../ir';
import type { ColumnModel, TypeModel } from '../../model';
import { describeJson, invalid, type FieldRequest } from '../../planner';
import type { RoleContext } from '../context';
import { field, type Field, type FieldMap } from '../field';
import { codecOf, columnTypeOf, pgTypes, required } from '../scalars';
import { columnOperand, visibleColumns, type VisibleTable } from './visible';

/** One field per column; JSON columns take a `path` into their value. */
export function columnFields(context: RoleContext, seen: VisibleTable): FieldMap {
  return Object.fromEntries(
    visibleColumns(seen).map(column => [column.graphqlName, columnField(context, seen, column)]),
  );
}

function columnField(context: RoleContext, seen: VisibleTable, column: ColumnModel): Field {
  const type = columnTypeOf(context, column);
  const operand = columnOperand(seen, column);
  const nullable = column.nullable || operand.when !== undefined;
  const isCapital = isEnumType(type) && context.model.options.namingConvention === 'graphql-default';
  return field<FieldValue>({
    type: nullable ? type : required(type),
    args: jsonPathArgument(column.type),
    description: column.comment,
    plan: request => ({ ...planScalar(context, operand, request), ...(isCapital && { uppercase: true }) }),
  });
}

const numbers = new Set(['int8', 'numeric', 'float8', 'money']);

/** A scalar as it goes into JSON: big numbers as text when asked for, JSON by its path. */
export function planScalar(context: RoleContext, operand: Operand, request: FieldRequest): ScalarField {
  const path = jsonPath(request);
  return { kind: 'scalar', operand, ...(path && { path }), stringify: stringified(context, operand.type) };
}

export function stringified(context: RoleContext, type: TypeModel): boolean {
  if (!context.model.options.stringifyNumerics) return false;
  return (
    numbers.has(type.name) || (type.kind === 'array' && type.of !== undefined && numbers.has(type.of.name))
  );
}

export function jsonPathArgument(type: TypeModel): GraphQLFieldConfigArgumentMap {
  if (type.name !== 'json' && type.name !== 'jsonb') return {};
  return { path: { type: GraphQLString, description: 'JSON select path' } };
}

function jsonPath(request: FieldRequest): Param | undefined {
  const input = request.arguments.get('path');
  return input && !input.isNull ? input.param(pgTypes.textArray, encodeSteps) : undefined;
}

const encodeSteps: Encode = (value, path) => codecOf(pgTypes.text).encodeMembers(stepsOf(value, path), path);

/** `$.a[0]["b c"]` as steps. The leading `$` is optional. */
export function stepsOf(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'string')
    throw invalid(path, `expected a string for type 'String', but found ${describeJson(value)}`);
  const steps: string[] = [];
  const step = /\.?(?:([\w-]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\])/y;
  step.lastIndex = value.startsWith('$') ? 1 : 0;
  while (step.lastIndex < value.length) {
    const at = step.lastIndex;
    const found = step.exec(value);
    if (!found) throw invalid(path, `parse json path error: unexpected character at ${at}`);
    steps.push(found[1] ?? found[2] ?? (found[3] ?? found[4] ?? '').replace(/\\(.)/g, '$1'));
  }
  return steps;
}
