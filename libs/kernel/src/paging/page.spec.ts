import { decodeCursor, encodeCursor, pageOf } from './page';

describe('a page', () => {
  const rows = [1, 2, 3].map(n => ({ n, at: `2030-01-0${n}` }));

  it('ends with a cursor to its last item when there is more', () => {
    const page = pageOf(rows, 2, row => [row.at, row.n]);
    expect(page.items).toEqual(rows.slice(0, 2));
    expect(decodeCursor(page.nextCursor ?? '', 2)).toEqual(['2030-01-02', 2]);
  });

  it('is the last when there is no more', () =>
    expect(pageOf(rows, 3, row => [row.n])).toEqual({ items: rows, nextCursor: null }));

  it('may be empty', () => expect(pageOf([], 3, () => [])).toEqual({ items: [], nextCursor: null }));
});

describe('a cursor', () => {
  it('comes back as it was', () =>
    expect(decodeCursor(encodeCursor([null, 'ä', 1.5]), 3)).toEqual([null, 'ä', 1.5]));

  it.each([
    ['text', 'hello'],
    ['nothing', ''],
    ['too short', encodeCursor([1])],
    ['an object', Buffer.from('{"length":2}').toString('base64url')],
    ['of objects', Buffer.from('[{"$ne":1},2]').toString('base64url')],
  ])('that is %s is refused', (_, cursor) =>
    expect(() => decodeCursor(cursor, 2)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' })),
  );
});
