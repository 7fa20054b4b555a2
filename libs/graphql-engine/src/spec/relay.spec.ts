import { World } from './world';

const script = `
  create table author (id int primary key, name text, rank int);
  create table book (author_id int references author, no int, title text not null, primary key (author_id, no));
  insert into author values (1, 'Ann', 2), (2, 'Bob', null), (3, 'Cid', 1), (4, 'Dee', 2), (5, 'Eve', null);
  insert into book select 1, g, 'book ' || g from generate_series(1, 7) g;
  create function books_like(pattern text) returns setof book language sql stable as
    $$ select * from book where title like pattern $$;`;

const tables = [
  {
    table: { schema: 'public', name: 'author' },
    array_relationships: [
      {
        name: 'books',
        using: {
          foreign_key_constraint_on: { table: { schema: 'public', name: 'book' }, column: 'author_id' },
        },
      },
    ],
    select_permissions: [
      {
        role: 'reader',
        permission: { columns: ['id', 'name'], filter: { rank: { _is_null: false } }, limit: 2 },
      },
    ],
  },
  {
    table: { schema: 'public', name: 'book' },
    object_relationships: [{ name: 'author', using: { foreign_key_constraint_on: 'author_id' } }],
  },
];

interface Page {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly id: string; readonly name: string };
  }[];
}

const orders = [
  '',
  'order_by: {rank: asc}',
  'order_by: {rank: desc}',
  'order_by: {rank: asc_nulls_first}',
  'order_by: {rank: desc_nulls_last}',
  'order_by: [{books_aggregate: {count: desc}}, {name: desc}]',
];

describe('relay', () => {
  let world: World;

  beforeAll(async () => {
    const functions = [{ function: { schema: 'public', name: 'books_like' } }];
    world = await World.make(script, { tables, functions });
  });

  afterAll(() => world.end());

  const page = async (args: string, role = 'admin'): Promise<Page> => {
    const query = `{ author_connection${args === '' ? '' : `(${args})`} { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id name } } } }`;
    const { author_connection: found } = await world.ask(query, { relay: true, role });
    return found as Page;
  };
  const names = ({ edges }: Page) => edges.map(({ node }) => node.name);

  it.each(orders)('walks all pages forward and back: %s', async order => {
    const all = names(await page(order));
    expect([...all].sort()).toEqual(['Ann', 'Bob', 'Cid', 'Dee', 'Eve']);
    const forward = await walk(
      cursor => page(`${order} first: 2 ${cursor ? `after: "${cursor}"` : ''}`),
      'next',
    );
    expect(forward).toEqual(all);
    const backward = await walk(
      cursor => page(`${order} last: 2 ${cursor ? `before: "${cursor}"` : ''}`),
      'previous',
    );
    expect(backward).toEqual(all);
  });

  async function walk(
    ask: (cursor: string | undefined) => Promise<Page>,
    way: 'next' | 'previous',
  ): Promise<readonly string[]> {
    const found: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { pageInfo, edges } = await ask(cursor);
      const part = edges.map(({ node }) => node.name);
      if (way === 'next') found.push(...part);
      else found.unshift(...part);
      expect(way === 'next' ? pageInfo.hasPreviousPage : pageInfo.hasNextPage).toBe(cursor !== undefined);
      if (!(way === 'next' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return found;
      cursor = way === 'next' ? pageInfo.endCursor : pageInfo.startCursor;
    }
  }

  it("keeps to a permission's rows and limit", async () => {
    const first = await page('', 'reader');
    expect(names(first)).toEqual(['Ann', 'Cid']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(names(await page(`after: "${first.pageInfo.endCursor}"`, 'reader'))).toEqual(['Dee']);
    expect(names(await page('first: 50', 'reader'))).toEqual(['Ann', 'Cid']);
  });

  it('pages through what a function answers', async () => {
    const ask = async (args: string) => {
      const query = `{ books_like_connection(args: {pattern: "book%"}, where: {no: {_gt: 2}}, ${args}) { pageInfo { hasNextPage endCursor } edges { node { title } } } }`;
      const { books_like_connection: found } = await world.ask(query, { relay: true });
      return found as { pageInfo: Page['pageInfo']; edges: { node: { title: string } }[] };
    };
    const first = await ask('first: 3, order_by: {no: desc}');
    expect(first.edges.map(({ node }) => node.title)).toEqual(['book 7', 'book 6', 'book 5']);
    const rest = await ask(`first: 3, order_by: {no: desc}, after: "${first.pageInfo.endCursor}"`);
    expect(rest.edges.map(({ node }) => node.title)).toEqual(['book 4', 'book 3']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  it('finds any node by its id, with keys of more than one column', async () => {
    const query =
      '{ author_connection(first: 1) { edges { node { books_connection(last: 1) { edges { node { id } } } } } } }';
    const answer = JSON.stringify(await world.ask(query, { relay: true }));
    const id = /"id":"([^"]+)"/.exec(answer)?.[1] ?? '';
    expect(Buffer.from(id, 'base64').toString()).toBe('[1, "public", "book", 1, 7]');
    const node = await world.ask(
      'query ($id: ID!) { node(id: $id) { __typename id ... on book { title author { id name } } ... on author { name } } }',
      { relay: true, variables: { id } },
    );
    expect(node).toMatchObject({
      node: { __typename: 'book', id, title: 'book 7', author: { name: 'Ann' } },
    });
  });

  it('hides nodes as it hides rows', async () => {
    const id = Buffer.from('[1, "public", "author", 2]').toString('base64');
    const query = `{ node(id: "${id}") { ... on author { name } } }`;
    expect(await world.ask(query, { relay: true })).toEqual({ node: { name: 'Bob' } });
    expect(await world.ask(query, { relay: true, role: 'reader' })).toEqual({ node: null });
    const book = Buffer.from('[1, "public", "book", 1, 1]').toString('base64');
    expect(() => world.plan(`{ node(id: "${book}") { id } }`, { relay: true, role: 'reader' })).toThrow(
      'invalid node id',
    );
  });

  it.each(['x', Buffer.from('{}').toString('base64'), Buffer.from('{"rank": 1}').toString('base64')])(
    'refuses the cursor %s',
    cursor => {
      expect(() =>
        world.plan(`{ author_connection(order_by: {rank: asc}, after: "${cursor}") { edges { cursor } } }`, {
          relay: true,
        }),
      ).toThrow(/cursor/);
    },
  );

  it('serves another page by the same plan', async () => {
    const query =
      'query ($after: String) { author_connection(first: 1, after: $after) { edges { node { name } } } }';
    const cursor = (id: number) => ({ after: Buffer.from(`{"id": ${id}}`).toString('base64') });
    const made = world.plan(query, { relay: true, variables: cursor(1) });
    expect(made.shapeOf(cursor(3))).toBe(made.shapeOf(cursor(1)));
    expect(JSON.stringify(await world.run(made, { variables: cursor(3) }))).toContain('Dee');
  });

  it('prints a page as one statement', () => {
    expect(
      world.sql(
        '{ author_connection(first: 2, after: "eyJpZCIgOiAxfQ==") { pageInfo { hasPreviousPage } edges { cursor node { name } } } }',
        { relay: true },
      ),
    ).toMatchSnapshot();
  });
});
