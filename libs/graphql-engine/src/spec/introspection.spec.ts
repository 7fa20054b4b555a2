import { World } from './world';

const script = 'create table author (id int primary key, name text);';
const tables = [{ table: { schema: 'public', name: 'author' } }];

describe('introspection', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables });
  });

  afterAll(() => world.end());

  it('tells of types as it is asked', async () => {
    const query = `query ($name: String!, $all: Boolean) { a: __type(name: $name) { ...f kind @skip(if: true) }
      a: __type(name: $name) { fields(includeDeprecated: $all) { type { ofType { __typename name } } } } __schema { types { name } } }
      fragment f on __Type { name fields(includeDeprecated: $all) { n: name } }`;
    const { a } = await world.ask(query, { variables: { name: 'author_aggregate' } });
    const nodes = { n: 'nodes', type: { ofType: { __typename: '__Type', name: null } } };
    expect(a).toEqual({
      name: 'author_aggregate',
      fields: [{ n: 'aggregate', type: { ofType: null } }, nodes],
    });
  });

  it.each([
    [
      'that doubles with every level',
      `types { ${'inputFields { type { '.repeat(20)}name${' } }'.repeat(20)} }`,
    ],
    [
      'that is asked for thousands of times',
      Array.from({ length: 5_000 }, (_, n) => `t${n}: types { name }`),
    ],
  ])('refuses an introspection %s', (_, inside) => {
    expect(() => world.plan(`{ __schema { ${String(inside)} } }`)).toThrow(
      /Maximum introspection depth exceeded|comes to more than 20000 fields/,
    );
  });
});
