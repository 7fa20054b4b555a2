import { sessionOf } from '../../executor';
import { world, type World } from '../../testing/world.fixture';

const schema = `
  create table author (
    id    serial primary key,
    name  text   unique,
    age   int,
    info  jsonb,
    born  int generated always as (2000 - age) stored
  );
  create table article (
    id        serial  primary key,
    title     text    not null,
    author_id int     references author on delete cascade,
    published boolean not null default false,
    constraint article_title_key unique (author_id, title)
  );
  create table detail (
    author_id int  primary key references author,
    phone     text not null
  );`;

const foreignKey = (column: string) => ({ foreign_key_constraint_on: column });
const arrayKey = (name: string, column: string) => ({
  foreign_key_constraint_on: { table: { schema: 'public', name }, column },
});
const permission = (role: string, body: object) => ({ role, permission: body });

const source = {
  tables: [
    {
      table: { schema: 'public', name: 'author' },
      array_relationships: [{ name: 'articles', using: arrayKey('article', 'author_id') }],
      object_relationships: [{ name: 'detail', using: arrayKey('detail', 'author_id') }],
      select_permissions: [
        permission('user', { columns: ['id', 'name'], filter: { id: 'X-Hasura-User-Id' } }),
      ],
    },
    {
      table: { schema: 'public', name: 'article' },
      object_relationships: [{ name: 'author', using: foreignKey('author_id') }],
      select_permissions: [
        permission('user', {
          columns: ['id', 'title', 'author_id'],
          filter: { author_id: 'X-Hasura-User-Id' },
        }),
      ],
      insert_permissions: [
        permission('user', {
          columns: ['title', 'published'],
          check: { published: { _eq: false } },
          set: { author_id: 'X-Hasura-User-Id' },
        }),
      ],
      update_permissions: [
        permission('user', {
          columns: ['title', 'published'],
          filter: { author_id: 'X-Hasura-User-Id' },
          check: { title: { _ne: '' } },
          set: { published: false },
        }),
      ],
      delete_permissions: [permission('user', { filter: { author_id: 'X-Hasura-User-Id' } })],
    },
    { table: { schema: 'public', name: 'detail' } },
  ],
};

const user = sessionOf('user', { 'x-hasura-user-id': '1' });

describe('mutations', () => {
  let here: World;
  beforeAll(async () => {
    here = await world({ schema, source });
  });
  afterAll(() => here.drop());
  beforeEach(async () => {
    await here.client.query('truncate author, article, detail restart identity');
    await here.client.query(
      `insert into author (name, age, info) values ('Ada', 36, '{"a": [1, 2]}'), ('Bob', 40, null)`,
    );
    await here.client.query(`insert into article (title, author_id) values ('one', 1), ('two', 2)`);
  });

  const cases: Record<string, { as?: typeof user; query: string; data?: unknown; error?: unknown }> = {
    'inserts rows that give different columns': {
      query: `mutation { insert_author(objects: [{name: "Cy"}, {age: 7}]) { affected_rows returning { id name born } } }`,
      data: {
        insert_author: {
          affected_rows: 2,
          returning: [
            { id: 3, name: 'Cy', born: null },
            { id: 4, name: null, born: 1993 },
          ],
        },
      },
    },
    'inserts rows that give nothing': {
      query: `mutation { insert_author(objects: [{}, {}]) { affected_rows } }`,
      data: { insert_author: { affected_rows: 2 } },
    },
    'inserts no rows at all': {
      query: `mutation { insert_author(objects: []) { affected_rows returning { id } } }`,
      data: { insert_author: { affected_rows: 0, returning: [] } },
    },
    'inserts a tree, parents first': {
      query: `mutation { insert_author(objects: [
        {name: "Cy", detail: {data: {phone: "1"}}, articles: {data: [{title: "x"}, {title: "y"}]}}, {name: "Di"}
      ]) { affected_rows returning { id name detail { phone } articles(order_by: {id: asc}) { title } } } }`,
      data: {
        insert_author: {
          affected_rows: 5,
          returning: [
            { id: 3, name: 'Cy', detail: { phone: '1' }, articles: [{ title: 'x' }, { title: 'y' }] },
            { id: 4, name: 'Di', detail: null, articles: [] },
          ],
        },
      },
    },
    'inserts an object before the row that points to it': {
      query: `mutation { insert_article_one(object: {title: "t", author: {data: {name: "Cy", detail: {data: {phone: "2"}}}}}) {
        author_id author { name detail { phone } } } }`,
      data: { insert_article_one: { author_id: 3, author: { name: 'Cy', detail: { phone: '2' } } } },
    },
    'updates in every way': {
      query: `mutation { update_author(where: {id: {_eq: 1}}, _set: {name: "Eve"}, _inc: {age: 2}, _append: {info: {b: 1}}) {
        returning { name age info } } }`,
      data: { update_author: { returning: [{ name: 'Eve', age: 38, info: { a: [1, 2], b: 1 } }] } },
    },
    'takes JSON apart': {
      query: `mutation {
        a: update_author_by_pk(pk_columns: {id: 1}, _delete_at_path: {info: ["a", "0"]}) { info }
        b: update_author_by_pk(pk_columns: {id: 1}, _delete_key: {info: "a"}) { info }
        c: update_author_by_pk(pk_columns: {id: 9}, _delete_key: {info: "a"}) { info } }`,
      data: { a: { info: { a: [2] } }, b: { info: {} }, c: null },
    },
    'updates many in order, each seeing the one before': {
      query: `mutation { update_author_many(updates: [
        {where: {id: {_eq: 1}}, _inc: {age: 1}}, {where: {age: {_eq: 37}}, _set: {name: "Zoe"}}, {where: {id: {_eq: 1}}}
      ]) { affected_rows returning { name articles { title } } } }`,
      data: {
        update_author_many: [
          { affected_rows: 1, returning: [{ name: 'Ada', articles: [{ title: 'one' }] }] },
          { affected_rows: 1, returning: [{ name: 'Zoe', articles: [{ title: 'one' }] }] },
          { affected_rows: 0, returning: [] },
        ],
      },
    },
    'deletes, and shows what is left of the relatives': {
      query: `mutation { delete_author(where: {id: {_eq: 1}}) { affected_rows returning { name articles { title } } } }`,
      data: { delete_author: { affected_rows: 1, returning: [{ name: 'Ada', articles: [] }] } },
    },
    'deletes by key, or nothing': {
      query: `mutation { a: delete_article_by_pk(id: 1) { title author { name } } b: delete_article_by_pk(id: 1) { title } }`,
      data: { a: { title: 'one', author: { name: 'Ada' } }, b: null },
    },
    'writes presets whatever the client says': {
      as: user,
      query: `mutation { insert_article_one(object: {title: "mine"}) { title author_id author { name } } }`,
      data: { insert_article_one: { title: 'mine', author_id: 1, author: { name: 'Ada' } } },
    },
    'refuses rows that the check does not allow': {
      as: user,
      query: `mutation { insert_article(objects: [{title: "mine", published: true}]) { affected_rows } }`,
      error: {
        error: 'check constraint of an insert/update permission has failed',
        code: 'permission-error',
        path: '$.selectionSet.insert_article.args.objects',
      },
    },
    'refuses updates to what the check does not allow': {
      as: user,
      query: `mutation { update_article(where: {}, _set: {title: ""}) { affected_rows } }`,
      error: {
        error: 'check constraint of an insert/update permission has failed',
        code: 'permission-error',
        path: '$',
      },
    },
    'updates and deletes only what the filter lets through': {
      as: user,
      query: `mutation { update_article(where: {}, _set: {title: "new"}) { affected_rows } delete_article(where: {}) { affected_rows } }`,
      data: { update_article: { affected_rows: 1 }, delete_article: { affected_rows: 1 } },
    },
    'upserts, with the presets of the update': {
      query: `mutation { insert_author_one(object: {name: "Ada", age: 1}, on_conflict: {
        constraint: author_name_key, update_columns: [age], where: {age: {_gt: 30}} }) { id age } }`,
      data: { insert_author_one: { id: 1, age: 1 } },
    },
    'leaves a conflicting row alone when asked to': {
      query: `mutation { insert_author_one(object: {name: "Ada"}, on_conflict: {constraint: author_name_key}) { id } }`,
      data: { insert_author_one: null },
    },
    'needs the object that a row is to point to': {
      query: `mutation { insert_article(objects: [{title: "t", author: {data: {name: "Ada"}, on_conflict: {constraint: author_name_key}}}]) { affected_rows } }`,
      error: {
        error:
          'cannot proceed to insert object relation "author" since insert to table "author" affects zero rows',
        code: 'not-supported',
        path: '$.selectionSet.insert_article.args.objects[0].author',
      },
    },
    'needs the row that others are to point to': {
      query: `mutation { insert_author(objects: [{name: "Ada", articles: {data: [{title: "t"}]}}], on_conflict: {constraint: author_name_key}) { affected_rows } }`,
      error: {
        error: 'cannot proceed to insert array relations since insert to table "author" affects zero rows',
        code: 'not-supported',
        path: '$.selectionSet.insert_author.args.objects[0]',
      },
    },
    'refuses a column that the parent decides': {
      query: `mutation { insert_author(objects: [{name: "Cy", articles: {data: [{title: "t", author_id: 1}]}}]) { affected_rows } }`,
      error: {
        error:
          'cannot insert "author_id" columns as their values are already being determined by parent insert',
        code: 'validation-failed',
        path: '$.selectionSet.insert_author.args.objects[0].articles.data[0]',
      },
    },
    'refuses an object whose column is given': {
      query: `mutation { insert_article(objects: [{title: "t", author_id: 1, author: {data: {name: "x"}}}]) { affected_rows } }`,
      error: {
        error:
          'cannot insert object relationship "author" as "author_id" column values are already determined',
        code: 'validation-failed',
        path: '$.selectionSet.insert_article.args.objects[0].author',
      },
    },
    'blames the rows for a violated constraint': {
      query: `mutation { insert_author_one(object: {name: "Ada"}) { id } }`,
      error: {
        error: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
        code: 'constraint-violation',
        path: '$.selectionSet.insert_author_one.args.object',
      },
    },
    'refuses a column in two operators': {
      query: `mutation { update_author(where: {}, _set: {age: 1}, _inc: {age: 1}) { affected_rows } }`,
      error: {
        error: "Column found in multiple operators: ['age'].",
        code: 'validation-failed',
        path: '$.selectionSet.update_author.args',
      },
    },
  };

  it.each(Object.entries(cases))('%s', async (_, { as, query, data, error }) => {
    expect(await here.ask(as ?? 'admin', query)).toEqual(error ?? { data });
    if (data) expect(here.statements(as ?? 'admin', query).join('\n;\n')).toMatchSnapshot();
  });

  it.each(['_set: {}, ', '', '_set: null, '])(
    'changes nothing and says so when given "%s"',
    async nothing => {
      const query = `mutation {
      where: update_author(${nothing}where: {}) { affected_rows returning { id } }
      key: update_author_by_pk(${nothing}pk_columns: {id: 1}) { id articles { title } }
      nobody: update_author_by_pk(${nothing}pk_columns: {id: 99}) { id }
      many: update_author_many(updates: [{${nothing}where: {}}, {_set: {age: 7}, where: {id: {_eq: 1}}}]) { affected_rows }
      none: update_author_many(updates: []) { affected_rows }
    }`;
      const unchanged = { affected_rows: 0 };
      const data = {
        where: { ...unchanged, returning: [] },
        key: {},
        nobody: {},
        many: [unchanged, { affected_rows: 1 }],
        none: [],
      };
      expect(await here.ask('admin', query)).toEqual({ data });
    },
  );

  it('updates by key what the permission sets, though nothing is given', async () => {
    const query = 'mutation { update_article_by_pk(pk_columns: {id: 1}, _set: {}) { id title } }';
    const { data } = (await here.ask(user, query)) as { data: { update_article_by_pk: object } };
    expect(Object.keys(data.update_article_by_pk)).toEqual(['id', 'title']);
  });

  it('inserts more than one statement has places for', async () => {
    const rows = Array.from({ length: 25_000 }, (_, at) => ({ name: `name ${at}`, age: at, info: { at } }));
    const query = `mutation($rows: [author_insert_input!]!) { insert_author(objects: $rows) { affected_rows } }`;
    expect(await here.ask('admin', query, { rows })).toEqual({
      data: { insert_author: { affected_rows: 25_000 } },
    });
    const { rows: counted } = await here.client.query('select count(distinct name)::int as many from author');
    expect(counted).toEqual([{ many: 25_002 }]);
  });

  it('undoes every root field when one fails', async () => {
    await here.ask(
      'admin',
      `mutation { delete_article(where: {}) { affected_rows } insert_author_one(object: {name: "Ada"}) { id } }`,
    );
    expect((await here.client.query('select from article')).rowCount).toBe(2);
  });

  it('makes one plan for all values of one shape', () => {
    const query = `mutation($rows: [article_insert_input!]!) { insert_article(objects: $rows) { affected_rows } }`;
    const [one] = here.statements('admin', query, { rows: [{ title: 'a' }] });
    expect(here.statements('admin', query, { rows: [{ title: 'b' }] })).toEqual([one]);
    expect(here.statements('admin', query, { rows: [{ author_id: 1 }] })).not.toEqual([one]);
  });
});
