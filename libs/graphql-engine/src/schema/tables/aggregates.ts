import type { AggregateFunction, Operand } from '../../ir';
import type { ColumnModel, TypeModel } from '../../model';
import { pgTypes } from '../scalars';
import { columnOperand, visibleColumns, type VisibleTable } from './visible';

/** Aggregates of one column, in Hasura's order. What they may run over, and what they yield. */
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

/** Columns of the role that an aggregate can run over. */
export function aggregateColumns(seen: VisibleTable, { over }: ColumnAggregate): readonly ColumnModel[] {
  const fits = over === 'numeric' ? numeric : comparable;
  return visibleColumns(seen).filter(({ type }) => isOrdered(type, fits));
}

function isOrdered(type: TypeModel, fits: ReadonlySet<string>): boolean {
  return (
    fits.has(type.name) ||
    (fits === comparable && type.kind === 'array' && type.of !== undefined && fits.has(type.of.name))
  );
}

/** What an aggregate of a column yields. */
export function resultType({ yields }: ColumnAggregate, column: ColumnModel): TypeModel {
  return yields === 'float' ? pgTypes.float4 : column.type;
}

// Before version 18 Postgres has no greatest uuid; their texts have the same order.
export function aggregateOperand(seen: VisibleTable, column: ColumnModel): Operand {
  const operand = columnOperand(seen, column);
  return column.type.name === 'uuid' ? { kind: 'cast', operand, type: pgTypes.text } : operand;
}
