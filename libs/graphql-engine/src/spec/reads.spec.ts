import { World } from './world';

const script = `
  create table author (id serial primary key, name text not null, email text, born date);
  create table article (id serial primary key, title text not null, author_id int references author, likes int, body jsonb);
  insert into author (name, email) values ('Ann', 'ann@x'), ('Bob', null);
  insert into article (title, author_id, likes, body) values
    ('one', 1, 5, '{"a": [1, {"b": 2}]}'), ('two', 1, 1, null), ('three', 2, 7, '[]');`;

const article = {
  table: { schema: 'public', name: 'article' },
  object_relationships: [{ name: 'author', using: { foreign_key_constraint_on: 'author_id' } }],
  select_permissions: [
    {
      role: 'reader',
      permission: {
        columns: ['id', 'title', 'author_id'],
        filter: { author_id: 'X-Hasura-User-Id' },
        limit: 10,
      },
    },
  ],
};

const author = {
  table: { schema: 'public', name: 'author' },
  array_relationships: [
    {
      name: 'articles',
      using: {
        foreign_key_constraint_on: { table: { schema: 'public', name: 'article' }, column: 'author_id' },
      },
    },
  ],
  select_permissions: [{ role: 'reader', permission: { columns: ['id', 'name'], filter: {} } }],
};

describe('reading', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables: [author, article] });
  });

  afterAll(() => world.end());

  it('has a consistent model', () => expect(world.model.inconsistencies).toEqual([]));

  it('nests relations both ways', async () => {
    const query = `{ author(where: {articles: {likes: {_gt: 2}}}, order_by: {name: desc}, limit: 5) {
      id name articles(order_by: {title: asc}) { title author { name } __typename } } }`;
    expect(world.sql(query)).toMatchSnapshot();
    expect(await world.ask(query)).toEqual({
      author: [
        {
          id: 2,
          name: 'Bob',
          articles: [{ title: 'three', author: { name: 'Bob' }, __typename: 'article' }],
        },
        {
          id: 1,
          name: 'Ann',
          articles: [
            { title: 'one', author: { name: 'Ann' }, __typename: 'article' },
            { title: 'two', author: { name: 'Ann' }, __typename: 'article' },
          ],
        },
      ],
    });
  });

  it('sums up', async () => {
    const query = `{ article_aggregate(where: {likes: {_gte: 1}}) {
      aggregate { count max { likes } n: count(columns: [author_id], distinct: true) } nodes { title } } }`;
    expect(world.sql(query)).toMatchSnapshot();
    expect(await world.ask(query)).toEqual({
      article_aggregate: {
        aggregate: { count: 3, max: { likes: 7 }, n: 2 },
        nodes: [{ title: 'one' }, { title: 'two' }, { title: 'three' }],
      },
    });
  });

  it('keeps a role to its rows and columns', async () => {
    const asReader = { role: 'reader', session: { 'x-hasura-user-id': '2' } };
    expect(world.sql('{ article { title author { name } } }', asReader)).toMatchSnapshot();
    expect(await world.ask('{ article { title author { name } } }', asReader)).toEqual({
      article: [{ title: 'three', author: { name: 'Bob' } }],
    });
    expect(() => world.plan('{ article { likes } }', asReader)).toThrow(
      "field 'likes' not found in type: 'article'",
    );
    expect(() => world.plan('{ article(where: {likes: {_eq: 1}}) { id } }', asReader)).toThrow(
      "field 'likes' not found in type: 'article_bool_exp'",
    );
  });

  it('finds by key, and nothing', async () => {
    expect(await world.ask('{ a: author_by_pk(id: 1) { name } b: author_by_pk(id: 9) { name } }')).toEqual({
      a: { name: 'Ann' },
      b: null,
    });
  });

  it('serves other values of the same shape by the same plan', async () => {
    const query = 'query ($where: author_bool_exp!) { author(where: $where) { name } }';
    const made = world.plan(query, { variables: { where: { name: { _eq: 'Ann' } } } });
    const other = { where: { name: { _eq: 'Bob' } } };
    expect(made.shapeOf(other)).toBe(made.shapeOf({ where: { name: { _eq: 'Ann' } } }));
    expect(made.shapeOf({ where: { name: { _neq: 'Bob' } } })).not.toBe(made.shapeOf(other));
    expect(await world.run(made, { variables: other })).toEqual({ author: [{ name: 'Bob' }] });
  });

  it('steps into JSON', async () => {
    expect(await world.ask('{ article(where: {id: {_eq: 1}}) { body(path: "$.a[1].b") } }')).toEqual({
      article: [{ body: 2 }],
    });
  });

  it('prints the schema of a role', () => {
    expect(world.sdl({ role: 'reader' })).toMatchSnapshot();
  });
});
