import { World } from './world';

const script = `
  create extension citext; create extension ltree;
  create type mood as enum ('low', 'high');
  create table thing (
    id int primary key, name text, code varchar(9), nick citext, doc jsonb, tags text[], nums int[], path ltree,
    span int4range, feel mood, at timestamptz, big bigint, price numeric, ok boolean, other int);
  insert into thing values
    (1, 'Apple', 'a1', 'Al', '{"a": {"b": [1, 2]}, "k": "v"}', '{red,round}', '{1,2}', 'top.fruit.apple', '[1,5)', 'low', '2020-01-01Z', 9007199254740993, 1.50, true, 1),
    (2, 'banana', 'b2', 'BO', '["x", "k"]', '{yellow}', '{3}', 'top.fruit', '[5,9)', 'high', '2021-01-01Z', 2, 2.25, false, 3),
    (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null);`;

const where: readonly (readonly [string, readonly number[]])[] = [
  ['{}', [1, 2, 3]],
  ['{name: {_eq: "Apple"}}', [1]],
  ['{name: {_neq: "Apple"}}', [2]],
  ['{_not: {name: {_eq: "Apple"}}}', [2]],
  ['{_or: [{name: {_eq: "Apple"}}, {id: {_eq: 3}}]}', [1, 3]],
  ['{_or: []}', []],
  ['{_and: []}', [1, 2, 3]],
  ['{_not: {_or: []}}', [1, 2, 3]],
  ['{_and: {id: {_gt: 1}}}', [2, 3]],
  ['{name: {_in: ["Apple", "pear"]}}', [1]],
  ['{name: {_in: []}}', []],
  ['{name: {_nin: []}}', [1, 2, 3]],
  ['{name: {_nin: ["Apple"]}}', [2]],
  ['{name: {_is_null: true}}', [3]],
  ['{name: {_is_null: false}}', [1, 2]],
  ['{name: {}}', [1, 2, 3]],
  ['{name: {_like: "A%"}}', [1]],
  ['{name: {_nlike: "A%"}}', [2]],
  ['{name: {_ilike: "B%"}}', [2]],
  ['{name: {_nilike: "B%"}}', [1]],
  ['{name: {_similar: "(A|b)%"}}', [1, 2]],
  ['{name: {_nsimilar: "A%"}}', [2]],
  ['{name: {_regex: "^A"}}', [1]],
  ['{name: {_nregex: "^A"}}', [2]],
  ['{name: {_iregex: "^a"}}', [1]],
  ['{name: {_niregex: "^a"}}', [2]],
  ['{code: {_like: "a_"}}', [1]],
  ['{nick: {_eq: "AL"}}', [1]],
  ['{nick: {_like: "b%"}}', [2]],
  ['{doc: {_contains: {a: {b: [1]}}}}', [1]],
  ['{doc: {_contained_in: ["x", "k", "z"]}}', [2]],
  ['{doc: {_has_key: "k"}}', [1, 2]],
  ['{doc: {_has_keys_all: ["a", "k"]}}', [1]],
  ['{doc: {_has_keys_any: ["x", "a"]}}', [1, 2]],
  ['{doc: {_jsonb_path_exists: "$.a.b[*] ? (@ > 1)"}}', [1]],
  ['{doc: {_jsonb_path_match: "$.a.b[0] == 1"}}', [1]],
  ['{doc: {_cast: {String: {_like: "%\\"v\\"%"}}}}', [1]],
  ['{doc: {_eq: ["x", "k"]}}', [2]],
  ['{doc: {_in: [["x", "k"], {y: 1}]}}', [2]],
  ['{tags: {_contains: ["red"]}}', [1]],
  ['{tags: {_contained_in: ["yellow", "blue"]}}', [2]],
  ['{tags: {_eq: ["yellow"]}}', [2]],
  ['{tags: {_eq: "{yellow}"}}', [2]],
  ['{tags: {_in: [["yellow"], ["blue"]]}}', [2]],
  ['{nums: {_gt: [1, 9]}}', [2]],
  ['{path: {_ancestor: "top.fruit.apple"}}', [1, 2]],
  ['{path: {_descendant: "top.fruit"}}', [1, 2]],
  ['{path: {_ancestor_any: ["top.fruit"]}}', [2]],
  ['{path: {_matches: "top.*{2}"}}', [1]],
  ['{path: {_matches_any: ["top.*{2}", "x"]}}', [1]],
  ['{path: {_matches_fulltext: "apple"}}', [1]],
  ['{span: {_eq: "[1,5)"}}', [1]],
  ['{feel: {_gt: "low"}}', [2]],
  ['{feel: {_in: ["low", "high"]}}', [1, 2]],
  ['{at: {_gte: "2020-06-01T00:00:00+00:00"}}', [2]],
  ['{big: {_eq: 9007199254740993}}', [1]],
  ['{big: {_eq: "9007199254740993"}}', [1]],
  ['{price: {_lt: 1.500000000000000000001}}', [1]],
  ['{ok: {_eq: true}}', [1]],
  ['{id: {_gte: 2, _lt: 3}}', [2]],
];

describe('operators', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables: ['thing'] });
  });

  afterAll(() => world.end());

  it.each(where)('%s', async (condition, ids) => {
    const { thing } = await world.ask(`{ thing(where: ${condition}, order_by: {id: asc}) { id } }`);
    expect(thing).toEqual(ids.map(id => ({ id })));
  });

  it.each(where)('%s as a variable', async (condition, ids) => {
    const variables = { where: jsonOf(condition) };
    const { thing } = await world.ask(
      'query ($where: thing_bool_exp!) { thing(where: $where, order_by: [{id: asc}]) { id } }',
      { variables },
    );
    expect(thing).toEqual(ids.map(id => ({ id })));
  });

  it('tells numbers apart that are one to a double', async () => {
    const both = '{_or: [{big: {_eq: 9007199254740993}}, {big: {_eq: 9007199254740992}}]}';
    expect(await world.ask(`{ thing(where: ${both}) { id } }`)).toEqual({ thing: [{ id: 1 }] });
    const swapped = '{_or: [{big: {_eq: 9007199254740992}}, {big: {_eq: 9007199254740993}}]}';
    expect(await world.ask(`{ thing(where: ${swapped}) { id } }`)).toEqual({ thing: [{ id: 1 }] });
    await world.client.query(`update thing set doc = '{"n": 12345678901234567891}' where id = 3`);
    expect(await world.ask('{ thing(where: {doc: {_contains: {n: 12345678901234567891}}}) { id } }')).toEqual(
      { thing: [{ id: 3 }] },
    );
    expect(await world.ask('{ thing(where: {doc: {_contains: {n: 12345678901234567890}}}) { id } }')).toEqual(
      { thing: [] },
    );
    expect(() => world.plan('{ thing(where: {id: {_eq: 12345678901234567890}}) { id } }')).toThrow(
      'lies outside the bounds',
    );
  });

  it('writes every type as JSON', async () => {
    const query = '{ thing_by_pk(id: 1) { name code nick doc tags nums path span feel at big price ok } }';
    const answer = await world.ask(query);
    expect(answer).toEqual({
      thing_by_pk: {
        name: 'Apple',
        code: 'a1',
        nick: 'Al',
        doc: { a: { b: [1, 2] }, k: 'v' },
        tags: ['red', 'round'],
        nums: [1, 2],
        path: 'top.fruit.apple',
        span: '[1,5)',
        feel: 'low',
        at: '2020-01-01T00:00:00+00:00',
        big: 9007199254740992,
        price: 1.5,
        ok: true,
      },
    });
  });
});

/** The same condition as a client's JSON; a double cannot hold every literal, so big ones go as text. */
function jsonOf(literal: string): unknown {
  const quoted = literal.replace(/([{,]\s*)(\w+):/g, '$1"$2":');
  return JSON.parse(quoted.replace(/\b(\d{15,}|\d\.\d{15,})\b/g, '"$1"').replace(/""/g, '"'));
}
