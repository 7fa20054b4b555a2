import { World } from './world';

const script = `
  create table author (id int primary key, name text not null);
  create table article (
    id int primary key, author_id int references author, title text, likes int, score float8, big bigint, price numeric,
    published boolean, at date);
  insert into author values (1, 'Ann'), (2, 'Bob'), (3, 'Cid');
  insert into article values
    (1, 1, 'a', 5, 1.5, 10, 1.10, true, '2020-01-01'), (2, 1, 'b', 1, 2.5, 20, 2.20, false, '2021-01-01'),
    (3, 1, null, 9, 4.0, 30, 3.30, true, null), (4, 2, 'd', 9, 0.5, 40, 4.40, true, '2022-01-01');`;

const key = { table: { schema: 'public', name: 'article' }, column: 'author_id' };
const tables = [
  {
    table: { schema: 'public', name: 'author' },
    array_relationships: [{ name: 'articles', using: { foreign_key_constraint_on: key } }],
    select_permissions: [{ role: 'reader', permission: { columns: ['id', 'name'], filter: {} } }],
  },
  {
    table: { schema: 'public', name: 'article' },
    object_relationships: [{ name: 'author', using: { foreign_key_constraint_on: 'author_id' } }],
    select_permissions: [
      {
        role: 'reader',
        permission: {
          columns: ['id', 'author_id', 'title', 'likes'],
          filter: { published: true },
          limit: 2,
          allow_aggregations: true,
        },
      },
    ],
  },
];

const authors: readonly (readonly [string, readonly number[]])[] = [
  ['where: {articles_aggregate: {count: {predicate: {_gt: 1}}}}', [1]],
  ['where: {articles_aggregate: {count: {predicate: {_eq: 0}}}}', [3]],
  ['where: {articles_aggregate: {count: {predicate: {_eq: 2}, filter: {likes: {_gte: 5}}}}}', [1]],
  ['where: {articles_aggregate: {count: {predicate: {_eq: 2}, arguments: [title]}}}', [1]],
  [
    'where: {articles_aggregate: {count: {predicate: {_eq: 1}, arguments: [published], distinct: true}}}',
    [2],
  ],
  ['where: {articles_aggregate: {bool_and: {arguments: published, predicate: {_eq: true}}}}', [2]],
  ['where: {articles_aggregate: {bool_or: {arguments: published, predicate: {_is_null: true}}}}', [3]],
  ['where: {articles_aggregate: {max: {arguments: score, predicate: {_gt: 3.5}}}}', [1]],
  ['where: {articles_aggregate: {corr: {arguments: {X: score, Y: score}, predicate: {_gt: 0.9}}}}', [1]],
  ['order_by: {articles_aggregate: {count: desc}}', [1, 2, 3]],
  ['order_by: {articles_aggregate: {count: asc}}', [3, 2, 1]],
  ['order_by: [{articles_aggregate: {max: {likes: desc_nulls_last}}}, {id: desc}]', [2, 1, 3]],
  ['order_by: {articles_aggregate: {avg: {score: asc_nulls_first}}}', [3, 2, 1]],
];

describe('aggregates', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables });
  });

  afterAll(() => world.end());

  it.each(authors)('authors(%s)', async (args, ids) => {
    expect(await world.ask(`{ author(${args}) { id } }`)).toEqual({ author: ids.map(id => ({ id })) });
  });

  it('knows every function', async () => {
    const query = `{ article_aggregate(where: {author_id: {_eq: 1}}, order_by: {id: desc}) {
      __typename
      aggregate { __typename count sum { likes score big price } avg { likes } max { title at } min { title id }
        stddev { likes } stddev_pop { likes } stddev_samp { likes } variance { likes } var_pop { likes } var_samp { likes } }
      few: nodes { id author { name } } } }`;
    expect(world.sql(query)).toMatchSnapshot();
    expect(await world.ask(query)).toEqual({
      article_aggregate: {
        __typename: 'article_aggregate',
        aggregate: {
          __typename: 'article_aggregate_fields',
          count: 3,
          sum: { likes: 15, score: 8, big: 60, price: 6.6 },
          avg: { likes: 5 },
          max: { title: 'b', at: '2021-01-01' },
          min: { title: 'a', id: 1 },
          stddev: { likes: 4 },
          stddev_samp: { likes: 4 },
          variance: { likes: 16 },
          var_samp: { likes: 16 },
          stddev_pop: { likes: expect.closeTo(3.266, 3) as number },
          var_pop: { likes: expect.closeTo(10.667, 3) as number },
        },
        few: [3, 2, 1].map(id => ({ id, author: { name: 'Ann' } })),
      },
    });
  });

  it('sums up the rows of the page', async () => {
    expect(
      await world.ask(
        '{ article_aggregate(limit: 2, offset: 1, order_by: {id: asc}) { aggregate { count sum { id } } } }',
      ),
    ).toEqual({
      article_aggregate: { aggregate: { count: 2, sum: { id: 5 } } },
    });
    const distinct =
      '{ article_aggregate(distinct_on: [author_id], order_by: [{author_id: asc}, {likes: desc}]) { aggregate { count } nodes { id } } }';
    expect(await world.ask(distinct)).toEqual({
      article_aggregate: { aggregate: { count: 2 }, nodes: [{ id: 3 }, { id: 4 }] },
    });
  });

  it('answers for no rows', async () => {
    const query =
      '{ article_aggregate(where: {id: {_eq: 9}}) { aggregate { count max { id } } nodes { id } } }';
    expect(await world.ask(query)).toEqual({
      article_aggregate: { aggregate: { count: 0, max: { id: null } }, nodes: [] },
    });
  });

  it("lets a permission's limit cut nodes and not sums", async () => {
    const asReader = { role: 'reader' };
    const query =
      '{ article_aggregate(order_by: {id: desc}) { aggregate { count } nodes { id } } author { articles_aggregate { aggregate { count } } } }';
    expect(world.sql(query, asReader)).toMatchSnapshot();
    expect(await world.ask(query, asReader)).toEqual({
      article_aggregate: { aggregate: { count: 3 }, nodes: [{ id: 4 }, { id: 3 }] },
      author: [2, 1, 0].map(count => ({ articles_aggregate: { aggregate: { count } } })),
    });
  });

  it('keeps hidden columns out of sums, predicates and orders', () => {
    const asReader = { role: 'reader' };
    expect(() => world.plan('{ article_aggregate { aggregate { sum { score } } } }', asReader)).toThrow(
      "field 'score' not found",
    );
    expect(() =>
      world.plan('{ article_aggregate { aggregate { count(columns: [score]) } } }', asReader),
    ).toThrow("but found 'score'");
    const ordered = '{ author(order_by: {articles_aggregate: {max: {score: asc}}}) { id } }';
    expect(() => world.plan(ordered, asReader)).toThrow(
      "field 'score' not found in type: 'article_max_order_by'",
    );
    const predicate =
      '{ author(where: {articles_aggregate: {bool_and: {arguments: published, predicate: {_eq: true}}}}) { id } }';
    expect(() => world.plan(predicate, asReader)).toThrow("field 'bool_and' not found");
  });

  it('counts through predicates only what the role may see', async () => {
    const query = '{ author(where: {articles_aggregate: {count: {predicate: {_eq: 3}}}}) { id } }';
    expect(await world.ask(query)).toEqual({ author: [{ id: 1 }] });
    expect(await world.ask(query, { role: 'reader' })).toEqual({ author: [] });
  });
});
