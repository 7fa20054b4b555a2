import { World } from './world';

describe('federation', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(
      `create table person (id int primary key, name text, secret text); insert into person values (1, 'Ann', 's'), (2, 'Bob', 's');`,
      {
        tables: [
          {
            table: { schema: 'public', name: 'person' },
            apollo_federation_config: { enable: 'v1' },
            select_permissions: [
              { role: 'reader', permission: { columns: ['id', 'name'], filter: { id: { _gt: 1 } } } },
            ],
          },
        ],
      },
    );
  });

  afterAll(() => world.end());

  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on person { id name } } }';
  const variables = {
    r: [
      { __typename: 'person', id: 2 },
      { __typename: 'person', id: 1 },
    ],
  };

  it('finds entities by their keys, in the order that was asked for', async () => {
    expect(await world.ask(query, { variables })).toEqual({
      _entities: [
        { __typename: 'person', id: 2, name: 'Bob' },
        { __typename: 'person', id: 1, name: 'Ann' },
      ],
    });
    expect(await world.ask(query, { variables: { r: [] } })).toEqual({ _entities: [] });
  });

  it('keeps to permissions', async () => {
    expect(await world.ask(query, { role: 'reader', variables })).toEqual({
      _entities: [{ __typename: 'person', id: 2, name: 'Bob' }, null],
    });
  });

  it('tells its schema with keys', async () => {
    const { _service } = await world.ask('{ _service { sdl } }', { role: 'reader' });
    expect((_service as { sdl: string }).sdl).toContain('type person @key(fields: "id")');
    expect((_service as { sdl: string }).sdl).not.toContain('secret');
  });
});
