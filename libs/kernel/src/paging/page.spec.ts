import { decodeCursor, encodeCursor, pageOf } from './page';

describe('a page', () => {
  const rows = [1, 2, 3].map(n => ({ n, at: `2030-01-0${n}T10:20:30.400Z` }));

  it('ends with a cursor to its last item when there is more', () => {
    const page = pageOf(rows, 2, row => [row.at, row.n]);
    expect(page.items).toEqual(rows.slice(0, 2));
    expect(decodeCursor(page.nextCursor ?? '', 'moment', 'number')).toEqual(['2030-01-02T10:20:30.400Z', 2]);
  });

  it('is the last when there is no more', () =>
    expect(pageOf(rows, 3, row => [row.n])).toEqual({ items: rows, nextCursor: null }));

  it('may be empty', () => expect(pageOf([], 3, () => [])).toEqual({ items: [], nextCursor: null }));
});

describe('a cursor', () => {
  const ID = '0190c0de-0000-7000-8000-000000000001';
  const MOMENT = '2030-01-02T10:20:30.400Z';

  it('comes back as it was', () =>
    expect(decodeCursor(encodeCursor([MOMENT, ID, 7]), 'moment', 'id', 'number')).toEqual([MOMENT, ID, 7]));

  it.each([
    ['text', 'hello'],
    ['nothing', ''],
    ['too short', encodeCursor([ID])],
    ['too long', encodeCursor([MOMENT, ID, 7])],
    ['of something else than an id', encodeCursor([MOMENT, 'x'])],
    ['of a moment that never comes', encodeCursor(['2030-13-41T10:20:30.400Z', ID])],
    ['of a moment in words', encodeCursor(['infinity', ID])],
    ['of a number where a moment stands', encodeCursor([1e300, ID])],
    ['of nulls', encodeCursor([null, null])],
    ['an object', Buffer.from('{"length":2}').toString('base64url')],
    ['of objects', Buffer.from('[{"$ne":1},2]').toString('base64url')],
  ])('that is %s is refused', (_, cursor) =>
    expect(() => decodeCursor(cursor, 'moment', 'id')).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }),
    ),
  );
});
