import type { AggregateFunction, Operand } from '../../ir';
import type { ColumnModel, ComputedFieldModel, TypeModel } from '../../model';
import type { RoleContext } from '../context';
import { pgTypes } from '../scalars';
import { visibleColumns, visibleComputedFields, type VisibleTable } from './visible';

/** Aggregates of one scalar, in Hasura's order. What they may run over, and what they yield. */
export interface ColumnAggregate {
  readonly name: Exclude<AggregateFunction, 'count'>;
  readonly over: 'numeric' | 'comparable';
  readonly yields: 'float' | 'same';
}

export const columnAggregates: readonly ColumnAggregate[] = [
  { name: 'avg', over: 'numeric', yields: 'float' },
  { name: 'max', over: 'comparable', yields: 'same' },
  { name: 'min', over: 'comparable', yields: 'same' },
  { name: 'stddev', over: 'numeric', yields: 'float' },
  { name: 'stddev_pop', over: 'numeric', yields: 'float' },
  { name: 'stddev_samp', over: 'numeric', yields: 'float' },
  { name: 'sum', over: 'numeric', yields: 'same' },
  { name: 'var_pop', over: 'numeric', yields: 'float' },
  { name: 'var_samp', over: 'numeric', yields: 'float' },
  { name: 'variance', over: 'numeric', yields: 'float' },
];

const numeric = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'money']);
const comparable = new Set([
  ...numeric,
  'text',
  'varchar',
  'bpchar',
  'citext',
  'date',
  'timestamp',
  'timestamptz',
  'timetz',
  'uuid',
]);

/** Columns of the role that an aggregate can run over; the values of an enum table are in no order. */
export function aggregateColumns(seen: VisibleTable, one: ColumnAggregate): readonly ColumnModel[] {
  return visibleColumns(seen).filter(({ type, enumTable }) => !enumTable && runsOver(one, type));
}

/** Scalar computed fields of the role that an aggregate can run over. */
export function aggregateComputedFields(
  context: RoleContext,
  seen: VisibleTable,
  one: ColumnAggregate,
): readonly ScalarComputedField[] {
  return visibleComputedFields(context, seen).flatMap(({ field }) => {
    const { returns } = field;
    return returns.kind === 'scalar' && runsOver(one, returns.type) ? [{ field, type: returns.type }] : [];
  });
}

export interface ScalarComputedField {
  readonly field: ComputedFieldModel;
  readonly type: TypeModel;
}

function runsOver({ over }: ColumnAggregate, type: TypeModel): boolean {
  if (over === 'numeric') return numeric.has(type.name);
  return isComparable(type) || (type.kind === 'array' && type.of !== undefined && isComparable(type.of));
}

// The labels of a Postgres enum are in the order of their declaration.
const isComparable = (type: TypeModel): boolean => type.kind === 'enum' || comparable.has(type.name);

/** What an aggregate of a scalar yields. */
export function resultType({ yields }: ColumnAggregate, type: TypeModel): TypeModel {
  return yields === 'float' ? pgTypes.float4 : type;
}

// Before version 18 Postgres has no greatest uuid; their texts have the same order.
export function aggregateOperand(operand: Operand): Operand {
  return operand.type.name === 'uuid' ? { kind: 'cast', operand, type: pgTypes.text } : operand;
}
