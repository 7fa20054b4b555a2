import { World } from './world';

const script = `
  create table author (id int primary key, name text default 'nobody', age int);
  insert into author values (1, 'Ann', 30), (2, 'Bob', null);`;

describe('variables without value, where they are not there', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables: ['author'], unboundAreAbsent: true });
  });

  afterAll(() => world.end());

  const all = { author: [{ id: 1 }, { id: 2 }] };

  it.each([
    ['query ($x: Int) { author(where: {id: {_eq: $x}}) { id } }', all],
    ['query ($x: Int_comparison_exp) { author(where: {id: $x}) { id } }', all],
    ['query ($x: author_bool_exp) { author(where: {_not: $x}) { id } }', all],
    ['query ($x: author_bool_exp, $l: Int) { author(where: $x, limit: $l) { id } }', all],
    ['query ($x: Int = 2) { author(where: {id: {_eq: $x}}) { id } }', { author: [{ id: 2 }] }],
    [
      'mutation ($x: String) { insert_author_one(object: {id: 3, name: $x}) { name } delete_author(where: {id: {_eq: 3}}) { affected_rows } }',
      { insert_author_one: { name: 'nobody' }, delete_author: { affected_rows: 1 } },
    ],
  ])('%s', async (query, answer) => {
    expect(await world.ask(query)).toEqual(answer);
  });

  it('are null still where a client says so, and in lists', async () => {
    const query = 'query ($x: Int) { author(where: {id: {_eq: $x}}) { id } }';
    await expect(world.ask(query, { variables: { x: null } })).rejects.toThrow(
      "unexpected null value for type 'Int'",
    );
    expect(world.plan(query).shapeOf({})).not.toBe(world.plan(query).shapeOf({ x: null }));
    const listed = 'query ($x: Int) { author(where: {name: {_similar: "%"}, age: {_in: [$x]}}) { id } }';
    expect(() => world.plan(listed)).toThrow("but used where 'Int!' is expected");
  });

  it('do not stand for what is required, and are held against its type', () => {
    expect(() => world.plan('query ($x: String) { author(limit: $x) { id } }')).toThrow(
      "variable 'x' is declared as 'String', but used where 'Int' is expected",
    );
    expect(() => world.plan('query ($x: Int) { author_by_pk(id: $x) { id } }')).toThrow(
      "variable 'x' is declared as 'Int', but used where 'Int!' is expected",
    );
  });
});
