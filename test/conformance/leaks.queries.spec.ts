import type { World } from '../../libs/graphql-engine/src/testing/world.fixture';
import { ada, bob, leakyWorld, nobody } from './leaks.world';

const notFound = (name: string) =>
  expect.stringMatching(
    new RegExp(`'?${name}'?.*(not found|expected one of)|(not found|expected one of).*'${name}'`),
  ) as string;

describe('what queries must not tell', () => {
  let here: World;
  beforeAll(async () => {
    here = await leakyWorld();
  });
  afterAll(() => here.drop());

  it.each([
    ['where on a hidden column', `person(where: {salary: {_gt: 1}}) { id }`, 'salary'],
    [
      'where on a hidden column, nested',
      `person(where: {_or: [{_not: {_and: [{salary: {_gt: 1}}]}}]}) { id }`,
      'salary',
    ],
    [
      'where on a hidden column behind relationships',
      `post(where: {author: {boss: {salary: {_gt: 1}}}}) { id }`,
      'salary',
    ],
    ['where on a hidden computed field', `person(where: {grade: {_gt: 1}}) { id }`, 'grade'],
    ['where comparing with a hidden column', `person(where: {id: {_ceq: ["salary"]}}) { id }`, '_ceq'],
    ['order_by on a hidden column', `person(order_by: {salary: asc}) { id }`, 'salary'],
    [
      'order_by on a hidden column behind a relationship',
      `post(order_by: {author: {salary: asc}}) { id }`,
      'salary',
    ],
    ['order_by on a hidden computed field', `person(order_by: {grade: asc}) { id }`, 'grade'],
    [
      'order_by on an aggregate of a hidden column',
      `person(order_by: {posts_aggregate: {max: {stars: asc}}}) { id }`,
      'stars',
    ],
    [
      'order_by on an aggregate of a table without aggregates',
      `post(order_by: {notes_aggregate: {count: asc}}) { id }`,
      'notes_aggregate',
    ],
    ['distinct_on a hidden column', `person(distinct_on: [salary]) { id }`, 'salary'],
    ['an aggregate of a hidden column', `person_aggregate { aggregate { max { salary } } }`, 'salary'],
    ['a count of a hidden column', `person_aggregate { aggregate { count(columns: [salary]) } }`, 'salary'],
    ['aggregates where they are not allowed', `note_aggregate { aggregate { count } }`, 'note_aggregate'],
    [
      'an aggregate predicate on a hidden column',
      `person(where: {posts_aggregate: {count: {predicate: {_gt: 0}, arguments: [stars]}}}) { id }`,
      'stars',
    ],
    [
      'an aggregate predicate filtering by a hidden column',
      `person(where: {posts_aggregate: {count: {predicate: {_gt: 0}, filter: {stars: {_gt: 8}}}}}) { id }`,
      'stars',
    ],
    [
      'an aggregate predicate where aggregates are not allowed',
      `post(where: {notes_aggregate: {count: {predicate: {_gt: 0}}}}) { id }`,
      'notes_aggregate',
    ],
    ['a hidden column itself', `person { salary }`, 'salary'],
    ['a hidden computed field itself', `person { grade }`, 'grade'],
    ['a hidden table', `secret { text }`, 'secret'],
    ['a hidden table by key', `secret_by_pk(id: 1) { text }`, 'secret_by_pk'],
  ])('%s', async (_, field, name) => {
    expect(await here.ask(bob, `query { ${field} }`)).toMatchObject({
      error: notFound(name),
      code: 'validation-failed',
    });
  });

  it('a stream that starts at a hidden column', () => {
    const stream = `subscription { person_stream(batch_size: 9, cursor: {initial_value: {salary: 0}}) { id } }`;
    expect(() => here.statements(bob, stream)).toThrow("field 'salary' not found");
    const open = `subscription { person_stream(batch_size: 9, cursor: {initial_value: {id: 0}}) { id } }`;
    expect(here.statements(bob, open).join()).toContain('"person"."id" = ');
  });

  it.each([
    ['nothing asked', `post(order_by: {id: asc}) { slug }`],
    [
      'or with everything',
      `post(order_by: {id: asc}, where: {_or: [{}, {hidden: {_eq: true}}, {id: {_gt: 0}}]}) { slug }`,
    ],
    ['not of nothing', `post(order_by: {id: asc}, where: {_not: {_or: []}}) { slug }`],
    [
      'and of or of not',
      `post(order_by: {id: asc}, where: {_and: [{_or: [{_not: {id: {_lt: 0}}}]}]}) { slug }`,
    ],
    ['an empty and', `post(order_by: {id: asc}, where: {_and: []}) { slug }`],
  ])('shows own and public rows only, with %s', async (_, field) => {
    const slugs = ['a1', 'b1', 'b2'].map(slug => ({ slug }));
    expect(await here.ask(bob, `query { post: ${field} }`)).toEqual({ data: { post: slugs } });
  });

  it('does not let relatives that are hidden answer a condition', async () => {
    const ask = (where: string) =>
      here.ask(bob, `query { post(where: ${where}, order_by: {id: asc}) { slug } }`);
    const none = { data: { post: [] } };
    expect(await ask(`{author: {name: {_eq: "Ada"}}}`)).toEqual(none);
    expect(await ask(`{author: {posts: {slug: {_eq: "a2"}}}}`)).toEqual(none);
    expect(await ask(`{slug: {_eq: "a1"}, notes: {text: {_eq: "x"}}}`)).toEqual(none);
    expect(await here.ask(ada, `query { person(where: {team: {name: {_is_null: false}}}) { id } }`)).toEqual({
      data: { person: [] },
    });
  });

  it('does not let relatives that are hidden decide an order', async () => {
    const order = async () =>
      here.ask(bob, `query { post(order_by: [{author: {name: asc_nulls_last}}, {id: asc}]) { slug } }`);
    const before = await order();
    await here.client.query(`update person set name = 'Zed' where id = 1`);
    expect(await order()).toEqual(before);
    await here.client.query(`update person set name = 'Ada' where id = 1`);
  });

  it('does not count what is hidden', async () => {
    const answer = await here.ask(
      bob,
      `query {
      person { posts_aggregate { aggregate { count max { slug } } } team { id } }
      post_aggregate(where: {author_id: {_eq: 1}}) { aggregate { count } nodes { slug } }
    }`,
    );
    const posts_aggregate = { aggregate: { count: 2, max: { slug: 'b2' } } };
    const post_aggregate = { aggregate: { count: 1 }, nodes: [{ slug: 'a1' }] };
    expect(answer).toEqual({ data: { person: [{ posts_aggregate, team: [] }], post_aggregate } });
  });

  it('does not count what is hidden in a condition', async () => {
    const ask = (count: number) =>
      here.ask(
        ada,
        `query { person(where: {posts_aggregate: {count: {predicate: {_eq: ${count}}}}}) { id } }`,
      );
    expect(await ask(2)).toEqual({ data: { person: [{ id: 1 }] } });
    await here.client.query(`insert into post (author_id, slug, hidden) values (2, 'b3', true)`);
    expect(await ask(2)).toEqual({ data: { person: [{ id: 1 }] } });
    await here.client.query(`delete from post where slug = 'b3'`);
  });

  it('answers for a row of somebody else as for one that is not there', async () => {
    const answer = await here.ask(
      bob,
      `query { a: person_by_pk(id: 1) { name } b: person_by_pk(id: 99) { name } c: post_by_pk(id: 2) { slug } }`,
    );
    expect(answer).toEqual({ data: { a: null, b: null, c: null } });
  });

  it('names nothing in its schema that a role may not ask about', async () => {
    const answer = await here.ask(
      bob,
      `{ __schema { types { name description fields { name } inputFields { name } enumValues { name } } } }`,
    );
    const text = JSON.stringify(answer);
    for (const word of ['salary', 'grade', 'secret', 'stars']) expect(text).not.toContain(word);
    for (const word of ['initials', 'slug', 'boss']) expect(text).toContain(word);
  });

  it('fails closed without the session variable of a filter', async () => {
    expect(await here.ask(nobody, `query { post { slug } }`)).toMatchObject({ code: 'not-found' });
    expect(await here.ask(nobody, `query { post_aggregate { aggregate { count } } }`)).toMatchObject({
      code: 'not-found',
    });
  });
});
