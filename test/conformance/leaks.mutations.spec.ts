import type { World } from '../../libs/graphql-engine/src/testing/world.fixture';
import { ada, bob, leakyWorld, nobody } from './leaks.world';

const refused = {
  error: 'check constraint of an insert/update permission has failed',
  code: 'permission-error',
  path: expect.stringMatching(/^\$/) as string,
};

describe('what mutations must not let through', () => {
  let here: World;
  beforeEach(async () => {
    here = await leakyWorld();
  });
  afterEach(() => here.drop());

  const rows = async (text: string) => (await here.client.query<Record<string, unknown>>(text)).rows;
  const bodies = () => rows(`select id, body, author_id from post order by id`);

  it('applies the row rules to every batch of update_many', async () => {
    const before = await bodies();
    const answer = await here.ask(
      bob,
      `mutation { update_post_many(updates: [
      {where: {}, _set: {body: "mine"}},
      {where: {id: {_in: [1, 2]}}, _set: {body: "stolen"}},
      {where: {_or: [{id: {_eq: 1}}, {}]}, _set: {body: "mine too"}},
      {where: {_not: {id: {_eq: 3}}}, _set: {hidden: true}}
    ]) { affected_rows } }`,
    );
    expect(answer).toEqual({
      data: { update_post_many: [2, 0, 2, 1].map(affected_rows => ({ affected_rows })) },
    });
    expect((await bodies()).slice(0, 2)).toEqual(before.slice(0, 2));
  });

  it('applies the check to every batch of update_many, and undoes all of them', async () => {
    const before = await bodies();
    const answer = await here.ask(
      bob,
      `mutation { update_post_many(updates: [
      {where: {id: {_eq: 3}}, _set: {body: "fine"}},
      {where: {id: {_eq: 4}}, _set: {author_id: 1}}
    ]) { affected_rows } }`,
    );
    expect(answer).toEqual(refused);
    expect(await bodies()).toEqual(before);
  });

  it.each([
    ['update', `update_post(where: {}, _set: {body: "x"}) { affected_rows }`, 2],
    [
      'update nested in or',
      `update_post(where: {_or: [{}, {id: {_gt: 0}}]}, _set: {body: "x"}) { affected_rows }`,
      2,
    ],
    [
      'update nested in not',
      `update_post(where: {_not: {_and: [{id: {_eq: -1}}]}}, _set: {body: "x"}) { affected_rows }`,
      2,
    ],
    ['delete', `delete_post(where: {}) { affected_rows }`, 2],
    [
      'delete nested in or',
      `delete_post(where: {_or: [{author_id: {_eq: 1}}, {author: {id: {_eq: 1}}}]}) { affected_rows }`,
      0,
    ],
  ])('%s reaches own rows only', async (_, field, affected_rows) => {
    const answer = (await here.ask(bob, `mutation { answer: ${field} }`)) as { data: unknown };
    expect(answer.data).toEqual({ answer: { affected_rows } });
    expect(await rows(`select from post where author_id = 1 and body like 'by Ada%'`)).toHaveLength(2);
  });

  it('answers for a row of somebody else as for one that is not there', async () => {
    const answer = await here.ask(
      bob,
      `mutation {
      a: update_post_by_pk(pk_columns: {id: 1}, _set: {body: "x"}) { id }
      b: update_post_by_pk(pk_columns: {id: 999}, _set: {body: "x"}) { id }
      c: delete_post_by_pk(id: 2) { id }
      d: delete_post_by_pk(id: 999) { id } }`,
    );
    expect(answer).toEqual({ data: { a: null, b: null, c: null, d: null } });
  });

  it('lets an upsert touch only rows that an update could', async () => {
    const answer = await here.ask(
      bob,
      `mutation { insert_post(
      objects: [{slug: "a1", body: "stolen", author_id: 2}],
      on_conflict: {constraint: post_slug_key, update_columns: [body, author_id]}
    ) { affected_rows returning { id body author_id } } }`,
    );
    expect(answer).toEqual({ data: { insert_post: { affected_rows: 0, returning: [] } } });
    expect(await rows(`select body, author_id from post where slug = 'a1'`)).toEqual([
      { body: 'by Ada', author_id: 1 },
    ]);
  });

  it('checks what an upsert makes of a row', async () => {
    const answer = await here.ask(
      bob,
      `mutation { insert_post(
      objects: [{slug: "b1", body: "x", author_id: 1}],
      on_conflict: {constraint: post_slug_key, update_columns: [author_id]}
    ) { affected_rows } }`,
    );
    expect(answer).toEqual(refused);
  });

  it.each([
    ['a column that may not be updated', `{constraint: post_slug_key, update_columns: [stars]}`, /'stars'/],
    [
      'a condition on a column that may not be seen',
      `{constraint: post_slug_key, update_columns: [body], where: {stars: {_gt: 4}}}`,
      /'stars' not found/,
    ],
    [
      'a condition behind a relationship',
      `{constraint: post_slug_key, update_columns: [body], where: {author: {salary: {_gt: 4}}}}`,
      /'salary' not found/,
    ],
    [
      'a condition on a computed field',
      `{constraint: post_slug_key, update_columns: [body], where: {author: {grade: {_gt: 4}}}}`,
      /'grade' not found/,
    ],
    ['a constraint of another table', `{constraint: person_pkey, update_columns: [body]}`, /'person_pkey'/],
  ])('refuses on_conflict with %s', async (_, clause, message) => {
    const answer = await here.ask(
      bob,
      `mutation { insert_post(objects: [{slug: "b1", author_id: 2}], on_conflict: ${clause}) { affected_rows } }`,
    );
    expect(answer).toMatchObject({
      error: expect.stringMatching(message) as string,
      code: 'validation-failed',
    });
  });

  it('holds nested rows to the check of their own table', async () => {
    const nested = (author: number) => `mutation { insert_post_one(object: {
      slug: "new", author_id: ${author}, notes: {data: [{text: "n"}]} }) { slug notes { text } } }`;
    expect(await here.ask(bob, nested(2))).toEqual({
      data: { insert_post_one: { slug: 'new', notes: [{ text: 'n' }] } },
    });
    expect(
      await here.ask(bob, `mutation { insert_note_one(object: {text: "n", post_id: 1}) { id } }`),
    ).toEqual(refused);
    expect(await here.ask(bob, nested(1))).toMatchObject({ error: expect.any(String) as string });
  });

  it('knows no insert into what a role may not insert into, nested or not', async () => {
    const nested = `mutation { insert_post(objects: [{slug: "n", author_id: 2, author: {data: {name: "Eve"}}}]) { affected_rows } }`;
    expect(await here.ask(bob, nested)).toMatchObject({
      error: "field 'author' not found in type: 'post_insert_input'",
    });
    const direct = `mutation { insert_person(objects: [{name: "Eve"}]) { affected_rows } }`;
    expect(await here.ask(bob, direct)).toMatchObject({
      error: "field 'insert_person' not found in type: 'mutation_root'",
    });
  });

  it.each(['stars', 'id'])('knows no column %s where a role may not write it', async column => {
    const insert = `mutation { insert_post(objects: [{slug: "n", author_id: 2, ${column}: 9}]) { affected_rows } }`;
    expect(await here.ask(bob, insert)).toMatchObject({
      error: `field '${column}' not found in type: 'post_insert_input'`,
    });
    const update = `mutation { update_post(where: {}, _set: {${column}: 9}) { affected_rows } }`;
    expect(await here.ask(bob, update)).toMatchObject({
      error: `field '${column}' not found in type: 'post_set_input'`,
    });
    const increment = `mutation { update_post(where: {}, _inc: {${column}: 9}) { affected_rows } }`;
    expect(await here.ask(bob, increment)).toMatchObject({ code: 'validation-failed' });
  });

  it('shows in returning only relatives that the role may see', async () => {
    const answer = await here.ask(
      ada,
      `mutation { update_person(where: {}, _set: {name: "Ada L"}) {
      returning { name boss { name } team { name } posts(order_by: {id: asc}) { slug notes { text } } } } }`,
    );
    const posts = [
      { slug: 'a1', notes: [{ text: 'x' }, { text: 'y' }] },
      { slug: 'a2', notes: [] },
    ];
    expect(answer).toEqual({
      data: { update_person: { returning: [{ name: 'Ada L', boss: null, team: [], posts }] } },
    });
  });

  it('fails closed without the session variable of a filter or check', async () => {
    const missing = { error: 'missing session variable: "x-hasura-user-id"', code: 'not-found', path: '$' };
    expect(
      await here.ask(nobody, `mutation { update_post(where: {}, _set: {body: "x"}) { affected_rows } }`),
    ).toEqual(missing);
    expect(await here.ask(nobody, `mutation { delete_post(where: {}) { affected_rows } }`)).toEqual(missing);
    expect(
      await here.ask(nobody, `mutation { insert_post(objects: [{slug: "n"}]) { affected_rows } }`),
    ).toEqual(missing);
    expect(await rows(`select from post where body like 'by %'`)).toHaveLength(4);
  });

  it.each([`'); drop table post; --`, `\\'); drop table post; --`, `{"},{`, `$1`, `nself.rows`])(
    'takes %s for a text',
    async text => {
      const query = `mutation($text: String!) { insert_post_one(object: {slug: $text, author_id: 2, body: $text}) { slug body author { name } } }`;
      const row = { slug: text, body: text, author: { name: 'Bob' } };
      expect(await here.ask(bob, query, { text })).toEqual({ data: { insert_post_one: row } });
      expect(await rows(`select from post`)).toHaveLength(5);
    },
  );
});
