import { World } from './world';

const script = `
  create table blog_author (author_id int primary key, full_name text, born_at timestamptz);
  create table blog_post (id int primary key, author_id int references blog_author, meta jsonb, is_draft bool);
  insert into blog_author values (1, 'Ann', null);
  insert into blog_post values (1, 1, '{"a": 1}');`;

const post = { table: { schema: 'public', name: 'blog_post' }, column: 'author_id' };
const tables = [
  {
    table: { schema: 'public', name: 'blog_author' },
    array_relationships: [{ name: 'posts', using: { foreign_key_constraint_on: post } }],
  },
  'blog_post',
];

describe('names', () => {
  let graphql: World;
  let custom: World;

  beforeAll(async () => {
    graphql = await World.make(script, { tables, namingConvention: 'graphql-default' });
    custom = await World.make(script, {
      tables,
      customization: {
        root_fields: { prefix: 'my_', suffix: '_x' },
        type_names: { prefix: 'T_', suffix: '_y' },
      },
    });
  });

  afterAll(() => Promise.all([graphql.end(), custom.end()]));

  it('follows the naming convention of GraphQL', async () => {
    const query = `{ blogAuthor(where: {fullName: {_isNull: false}, posts: {meta: {_hasKey: "a"}}}, orderBy: {bornAt: ASC_NULLS_FIRST}, distinctOn: [bornAt]) {
      __typename authorId fullName postsAggregate { aggregate { count stddevPop { id } } } } blogAuthorByPk(authorId: 1) { fullName } }`;
    expect(await graphql.ask(query)).toEqual({
      blogAuthor: [
        {
          __typename: 'BlogAuthor',
          authorId: 1,
          fullName: 'Ann',
          postsAggregate: { aggregate: { count: 1, stddevPop: { id: 0 } } },
        },
      ],
      blogAuthorByPk: { fullName: 'Ann' },
    });
    expect(graphql.sdl()).toMatchSnapshot();
  });

  it('leaves the letters of aggregates in conditions, and of constraints', async () => {
    const where = '{postsAggregate: {bool_or: {arguments: isDraft, predicate: {_isNull: true}}}}';
    expect(await graphql.ask(`{ blogAuthor(where: ${where}) { fullName } }`)).toEqual({
      blogAuthor: [{ fullName: 'Ann' }],
    });
    const upsert =
      'mutation { insertBlogPost(objects: [{id: 1}], onConflict: {constraint: blog_post_pkey}) { affectedRows } }';
    expect(await graphql.ask(upsert)).toEqual({ insertBlogPost: { affectedRows: 0 } });
    expect(graphql.sdl()).toContain(
      'enum BlogPostSelectColumnBlogPostAggregateBoolExpBool_orArgumentsColumns',
    );
  });

  it('adds prefixes and suffixes of the source', async () => {
    const query =
      '{ my_blog_author_x { __typename posts { __typename } } my_blog_post_by_pk_x(id: 1) { id } }';
    expect(await custom.ask(query)).toEqual({
      my_blog_author_x: [{ __typename: 'T_blog_author_y', posts: [{ __typename: 'T_blog_post_y' }] }],
      my_blog_post_by_pk_x: { id: 1 },
    });
    expect(custom.sdl()).toContain('input T_blog_author_bool_exp_y');
    expect(custom.sdl()).toContain('input String_comparison_exp');
  });

  it('puts a source under a namespace', async () => {
    const spaced = await World.make(script, {
      tables,
      customization: { root_fields: { namespace: 'blog' } },
    });
    const query =
      '{ b: blog { __typename blog_author { full_name } one: blog_post_by_pk(id: 1) { id } } empty: blog { x: __typename } }';
    expect(await spaced.ask(query)).toEqual({
      b: { __typename: 'blog_query', blog_author: [{ full_name: 'Ann' }], one: { id: 1 } },
      empty: { x: 'blog_query' },
    });
    expect(() => spaced.plan('{ blog_author { full_name } }')).toThrow(
      "field 'blog_author' not found in type: 'query_root'",
    );
    const change =
      'mutation { blog { insert_blog_post_one(object: {id: 2, author_id: 1}) { id } delete_blog_post(where: {id: {_eq: 2}}) { affected_rows } } }';
    expect(await spaced.ask(change)).toEqual({
      blog: { insert_blog_post_one: { id: 2 }, delete_blog_post: { affected_rows: 1 } },
    });
    await spaced.end();
  });

  it('takes comments for descriptions, and an empty one for none', async () => {
    const commented = `${script}
      comment on table blog_author is 'who writes'; comment on column blog_author.full_name is 'as in the passport';
      comment on column blog_author.born_at is 'a day'; comment on table blog_post is 'what they write';
      create function initials(a blog_author) returns text language sql stable as $$ select left(a.full_name, 1) $$;`;
    const initials = { name: 'initials', definition: { function: { schema: 'public', name: 'initials' } } };
    const column_config = { full_name: { comment: '' }, born_at: { comment: 'of birth' } };
    const author = {
      table: { schema: 'public', name: 'blog_author' },
      configuration: { comment: '', column_config },
      computed_fields: [{ ...initials, comment: '' }],
    };
    const world = await World.make(commented, { tables: [author, 'blog_post'] });
    const query = `{ author: __type(name: "blog_author") { description fields { name description } }
      post: __type(name: "blog_post") { description } }`;
    expect(await world.ask(query)).toEqual({
      author: {
        description: 'columns and relationships of "blog_author"',
        fields: [
          { name: 'author_id', description: null },
          { name: 'born_at', description: 'of birth' },
          { name: 'full_name', description: null },
          { name: 'initials', description: null },
        ],
      },
      post: { description: 'what they write' },
    });
    await world.end();
  });

  it('has none for what an experiment hides', async () => {
    const hidden = ['update_many_fields', 'aggregation_predicates', 'stream_fields'] as const;
    const world = await World.make(script, { tables, hidden });
    expect(graphql.sdl()).toMatch(/updateBlogPostMany|BlogPostUpdates|AggregateBoolExp|Stream/);
    expect(world.sdl()).not.toMatch(/_many|_updates|_aggregate_bool_exp|_stream/);
    expect(world.sdl()).toMatch(/posts_aggregate.*|update_blog_post/);
    await world.end();
  });
});
