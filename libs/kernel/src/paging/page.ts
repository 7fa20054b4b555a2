import { BadRequest } from '../errors';

/** One page of a list; `nextCursor` is null on the last. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What a cursor may hold: the sort values of the last item that was seen. */
export type CursorPosition = readonly (string | number | null)[];

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a list can be sorted by, and how its values look in a cursor. */
const SORTS = {
  id: (value: unknown): boolean => typeof value === 'string' && UUID.test(value),
  moment: (value: unknown): boolean =>
    typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value)),
  number: (value: unknown): boolean => Number.isSafeInteger(value),
} as const;

/** Makes a cursor. Clients must treat it as opaque; it names a place, it grants nothing. */
export const encodeCursor = (position: CursorPosition): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/**
 * Reads a cursor into a list that is sorted by these. Whatever looks otherwise never was one, and must not come as far
 * as the database.
 *
 * @throws BadRequest when it is not one that we made.
 */
export function decodeCursor(cursor: string, ...sorts: (keyof typeof SORTS)[]): CursorPosition {
  const position = parsed(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === sorts.length &&
    sorts.every((sort, at) => SORTS[sort](position[at]));
  if (!fits) throw new BadRequest('The cursor is not one of ours.');
  return position;
}

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
