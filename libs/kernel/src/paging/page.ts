import { BadRequest } from '../errors';

/** One page of a list; `nextCursor` is null on the last. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What a cursor may hold: the sort values of the last item that was seen. */
export type CursorPosition = readonly (string | number | null)[];

/** Makes a cursor. Clients must treat it as opaque; it names a place, it grants nothing. */
export const encodeCursor = (position: CursorPosition): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/**
 * Reads a cursor of `length` values.
 *
 * @throws BadRequest when it is not one that we made.
 */
export function decodeCursor(cursor: string, length: number): CursorPosition {
  const position = parsed(cursor);
  const fits = Array.isArray(position) && position.length === length && position.every(isSortValue);
  if (!fits) throw new BadRequest('The cursor is not one of ours.');
  return position;
}

const isSortValue = (value: unknown): boolean =>
  value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new BadRequest('The cursor is not one of ours.', { cause: error });
  }
}

/**
 * Makes a page of `rows` that were read with a limit of `limit + 1`: the extra row only tells that there is more.
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  positionOf: (row: T) => CursorPosition,
): ListPage<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(positionOf(last)) : null };
}
