import type { AggregateFunction } from '../../ir';
import type { ColumnModel, TypeModel } from '../../model';
import { pgTypes } from '../scalars';
import { visibleColumns, type VisibleTable } from './visible';

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
  'time',
  'timetz',
  'interval',
  'uuid',
]);

// Postgres 17 has no max(uuid); Hasura offers it all the same and lets Postgres refuse. We offer what works.
const without = new Set(['uuid:max', 'uuid:min']);

/** Columns of the role that an aggregate can run over. */
export function aggregateColumns(
  seen: VisibleTable,
  { name, over }: ColumnAggregate,
): readonly ColumnModel[] {
  const fits = over === 'numeric' ? numeric : comparable;
  return visibleColumns(seen).filter(
    ({ type }) => isOrdered(type, fits) && !without.has(`${type.name}:${name}`),
  );
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
