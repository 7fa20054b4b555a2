import { getNullableType, isEnumType } from 'graphql';
import type { Assignment, Cell, Encode, Param } from '../../ir';
import type { ColumnModel, InsertPermission, Preset, TableModel } from '../../model';
import { type Input, paramOf } from '../../planner';
import { codecOf, encodeAny } from '../scalars';
import { encodeOf } from './numbers';

export const defaultCell: Cell = { kind: 'default' };

const encodeNull: Encode = () => null;

/** The value that a client gives a column. `null` is SQL's null where the column allows it. */
export function columnParam(column: ColumnModel, input: Input): Param {
  if (input.isNull && column.nullable) return constantParam(column, null, encodeNull, input.path);
  if (isEnumType(getNullableType(input.type))) return input.enumParam(column.type);
  return input.param(column.type, encodeOf(column.type));
}

/** The value that a permission gives a column, whatever the client says. */
function presetParam(column: ColumnModel, preset: Preset): Param {
  if (preset.kind === 'session') {
    return paramOf({ from: 'session', name: preset.name }, column.type, encodeAny, '$');
  }
  const isJson = column.type.name === 'json' || column.type.name === 'jsonb';
  const structured = preset.value !== null && (isJson || typeof preset.value === 'object');
  return constantParam(column, preset.value, structured ? codecOf(column.type).encode : encodeAny, '$');
}

/** What an update permission assigns, whatever the client says. */
export function presetAssignments(
  table: TableModel,
  set: ReadonlyMap<string, Preset>,
): readonly Assignment[] {
  return presetParams(table, set).map(([column, value]) => ({ column, operation: 'set', value }));
}

export function presetParams(
  table: TableModel,
  set: ReadonlyMap<string, Preset>,
): readonly (readonly [string, Param])[] {
  return [...set].flatMap(([name, preset]) => {
    const column = table.columns.get(name);
    return column ? [[name, presetParam(column, preset)] as const] : [];
  });
}

/** Columns that a client may write: what its permission allows, save what a preset decides. */
export function clientColumns(
  table: TableModel,
  { columns, set }: Pick<InsertPermission, 'columns' | 'set'>,
): readonly ColumnModel[] {
  return writableColumns(table, columns).filter(({ name }) => !set.has(name));
}

/** Columns that a statement may write: Postgres fills generated ones and identities that are `always` its own. */
export function writableColumns(table: TableModel, allowed: ReadonlySet<string>): readonly ColumnModel[] {
  return [...table.columns.values()].filter(column => allowed.has(column.name) && isWritable(column));
}

function isWritable(column: ColumnModel): boolean {
  return !column.generated && column.identity !== 'always';
}

function constantParam(column: ColumnModel, value: unknown, encode: Encode, path: string): Param {
  return paramOf({ from: 'constant', value }, column.type, encode, path);
}
