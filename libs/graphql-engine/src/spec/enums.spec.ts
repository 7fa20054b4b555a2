import { World } from './world';

const script = `
  create type size as enum ('small', 'large');
  create table color (value text primary key, comment text);
  insert into color values ('red', 'like fire'), ('blue', null);
  create table car (
    id int primary key, color text not null references color, other text references color, size size);
  insert into car values (1, 'red', null, 'large'), (2, 'blue', 'red', 'small');`;

const tables = [
  { table: { schema: 'public', name: 'color' }, is_enum: true },
  {
    table: { schema: 'public', name: 'car' },
    object_relationships: [{ name: 'tint', using: { foreign_key_constraint_on: 'color' } }],
  },
];

describe('enum tables', () => {
  let world: World;
  let graphql: World;

  beforeAll(async () => {
    world = await World.make(script, { tables });
    graphql = await World.make(script, { tables, namingConvention: 'graphql-default' });
  });

  afterAll(() => Promise.all([world.end(), graphql.end()]));

  it.each([
    ['{color: {_eq: red}}', [1]],
    ['{color: {_neq: red}}', [2]],
    ['{color: {_in: [red, blue]}}', [1, 2]],
    ['{color: {_nin: [red]}}', [2]],
    ['{other: {_is_null: true}}', [1]],
    ['{tint: {comment: {_like: "%fire"}}}', [1]],
  ])('%s', async (where, ids) => {
    expect(await world.ask(`{ car(where: ${where}, order_by: {id: asc}) { id } }`)).toEqual({
      car: ids.map(id => ({ id })),
    });
  });

  it('take variables, and plan anew for another value', async () => {
    const query = 'query ($color: color_enum!) { car(where: {color: {_eq: $color}}) { id color } }';
    expect(await world.ask(query, { variables: { color: 'red' } })).toEqual({
      car: [{ id: 1, color: 'red' }],
    });
    const made = world.plan(query, { variables: { color: 'red' } });
    expect(made.shapeOf({ color: 'red' })).not.toBe(made.shapeOf({ color: 'blue' }));
    expect(() => world.plan(query, { variables: { color: 'pink' } })).toThrow(
      "expected one of the values ['blue', 'red'] for type 'color_enum', but found 'pink'",
    );
  });

  it('refuse strings in a document', () => {
    expect(() => world.plan('{ car(where: {color: {_eq: "red"}}) { id } }')).toThrow(
      "expected an enum value for type 'color_enum', but found a string",
    );
    expect(() => world.plan('{ car(where: {color: {_gt: red}}) { id } }')).toThrow(
      "field '_gt' not found in type: 'color_enum_comparison_exp'",
    );
  });

  it('have no least and greatest value, unlike enums of Postgres', async () => {
    const query = '{ car_aggregate { aggregate { max { id size } min { size } } } }';
    expect(await world.ask(query)).toEqual({
      car_aggregate: { aggregate: { max: { id: 2, size: 'large' }, min: { size: 'small' } } },
    });
    expect(() => world.plan('{ car_aggregate { aggregate { max { color } } } }')).toThrow(
      "field 'color' not found in type: 'car_max_fields'",
    );
  });

  it('show capitals under the naming convention of GraphQL', async () => {
    expect(await graphql.ask('{ car(where: {color: {_eq: RED}}) { color other } }')).toEqual({
      car: [{ color: 'RED', other: null }],
    });
  });
});
