import type { CursorPosition, Encode, Operand, OrderBy } from '../../ir';
import type { TableModel } from '../../model';
import { invalid, type Input, paramOf } from '../../planner';
import { encodeAny } from '../scalars';

/** The client's order, made total: the primary key's columns that it does not name come last. */
export function totalOrder(table: TableModel, orderBy: readonly OrderBy[]): readonly OrderBy[] {
  const named = new Set(orderBy.map(({ by }) => (by.kind === 'column' ? by.column : undefined)));
  const rest = (table.primaryKey?.columns ?? [])
    .filter(name => !named.has(name))
    .flatMap((name): OrderBy[] => {
      const column = table.columns.get(name);
      if (!column) return [];
      const by: Operand = { kind: 'column', column: name, type: column.type };
      return [{ by, direction: 'asc', nulls: 'last', path: [name] }];
    });
  return [...orderBy, ...rest];
}

/** What a cursor says of each member of the order. The cursor itself stays a hole of the plan. */
export function cursorPositions(
  table: TableModel,
  orderBy: readonly OrderBy[],
  cursor: Input,
): readonly CursorPosition[] {
  const source = cursor.source();
  return orderBy.map(({ by, direction, nulls, path = [] }) => {
    const encode: Encode = (value, at) => encodeAny(member(decoded(value, at), path, at), at);
    if (source.from === 'constant') encode(source.value, cursor.path);
    const value = paramOf(source, by.type, encode, cursor.path);
    return { operand: by, direction, nulls, required: isRequired(table, by), value };
  });
}

function isRequired(table: TableModel, by: Operand): boolean {
  return by.kind === 'column' && !by.when && table.columns.get(by.column)?.nullable === false;
}

function decoded(value: unknown, path: string): unknown {
  try {
    return JSON.parse(Buffer.from(String(value), 'base64').toString('utf8')) as unknown;
  } catch {
    throw invalid(path, 'invalid base64 or JSON in cursor');
  }
}

function member(value: unknown, steps: readonly string[], path: string): unknown {
  const found = steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
  if (found === undefined) throw invalid(path, `key "${steps.join('.')}" not found in cursor`);
  return found;
}
