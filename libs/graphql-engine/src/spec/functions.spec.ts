import { buildSchema, validateSchema } from 'graphql';
import { World } from './world';

const script = `
  create table person (id int primary key, first text, last text, boss_id int);
  create table pet (id int primary key, owner_id int, name text);
  insert into person values (1, 'Ann', 'Ash', null), (2, 'Bob', 'Birch', 1);
  insert into pet values (1, 1, 'Rex'), (2, 1, 'Tom'), (3, 2, 'Zoe');
  create function full_name(p person, sep text default ' ') returns text language sql stable as
    $$ select p.first || sep || p.last $$;
  create function initials(p person) returns text language sql stable as $$ select left(p.first, 1) || left(p.last, 1) $$;
  create function pets_of(p person, prefix text default '') returns setof pet language sql stable as
    $$ select * from pet where owner_id = p.id and name like prefix || '%' $$;
  create function own_pets(p person) returns setof pet language sql stable as $$ select * from pet where owner_id = p.id $$;
  create function legs(p person, each int default 4) returns bigint language sql stable as
    $$ select count(*) * each from pet where owner_id = p.id $$;
  create function seen_by(p person, session json) returns text language sql stable as $$ select session ->> 'x-hasura-role' $$;
  create function find_pets(pattern text, minimum int default 0) returns setof pet language sql stable as
    $$ select * from pet where name ~ pattern and id >= minimum $$;
  create function pet_by_id(wanted int) returns pet language sql stable as $$ select * from pet where id = wanted $$;
  create function mine(hasura_session json) returns setof pet language sql stable as
    $$ select * from pet where owner_id = (hasura_session ->> 'x-hasura-user-id')::int $$;
  create function unnamed(int, int) returns setof pet language sql stable as $$ select * from pet where id between $1 and $2 $$;
  create function between_ids(int default 1, int default 9) returns setof pet language sql stable as
    $$ select * from pet where id between $1 and $2 $$;
  create function pets_of_row(owner person) returns setof pet language sql stable as
    $$ select * from pet where owner_id = owner.id $$;
  create function pets_of_rows(owners person[]) returns setof pet language sql stable as
    $$ select pet.* from pet join unnest(owners) o on o.id = owner_id $$;
  create function rename_pets(suffix text) returns setof pet language sql volatile as
    $$ update pet set name = name || suffix returning * $$;`;

const fn = (name: string, configuration?: object) => ({
  function: { schema: 'public', name },
  ...(configuration && { configuration }),
});
const computed = (name: string, definition: object = {}) => ({
  name,
  definition: { function: { schema: 'public', name }, ...definition },
});

const tables = [
  {
    table: { schema: 'public', name: 'person' },
    computed_fields: [
      computed('full_name'),
      computed('initials'),
      computed('pets_of'),
      computed('own_pets'),
      computed('legs'),
      computed('seen_by', { session_argument: 'session' }),
    ],
    select_permissions: [
      {
        role: 'reader',
        permission: {
          columns: ['id'],
          computed_fields: ['initials', 'seen_by'],
          filter: {},
          allow_aggregations: true,
        },
      },
    ],
  },
  {
    table: { schema: 'public', name: 'pet' },
    select_permissions: [
      {
        role: 'reader',
        permission: { columns: ['id', 'name'], filter: { owner_id: { _eq: 1 } }, allow_aggregations: true },
      },
    ],
  },
];

const functions = [
  fn('find_pets'),
  fn('pet_by_id'),
  fn('mine', { session_argument: 'hasura_session' }),
  fn('unnamed'),
  fn('between_ids'),
  fn('pets_of_row'),
  fn('pets_of_rows'),
  fn('rename_pets', { exposed_as: 'mutation' }),
];

describe('functions', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables, functions });
  });

  afterAll(() => world.end());

  it('has a consistent model', () => expect(world.model.inconsistencies).toEqual([]));

  it('computes fields of a row', async () => {
    const query = `{ person(order_by: {initials: desc}) { full_name comma: full_name(args: {sep: ", "}) initials seen_by
      pets_of(args: {prefix: "T"}) { name } pets_of_aggregate { aggregate { count } } } }`;
    expect(world.sql(query)).toMatchSnapshot();
    expect(await world.ask(query)).toEqual({
      person: [
        {
          full_name: 'Bob Birch',
          comma: 'Bob, Birch',
          initials: 'BB',
          seen_by: 'admin',
          pets_of: [],
          pets_of_aggregate: { aggregate: { count: 1 } },
        },
        {
          full_name: 'Ann Ash',
          comma: 'Ann, Ash',
          initials: 'AA',
          seen_by: 'admin',
          pets_of: [{ name: 'Tom' }],
          pets_of_aggregate: { aggregate: { count: 2 } },
        },
      ],
    });
  });

  it.each([
    ['{initials: {_eq: "AA"}}', [1]],
    ['{own_pets: {name: {_eq: "Zoe"}}}', [2]],
    ['{seen_by: {_eq: "admin"}}', [1, 2]],
  ])('finds rows by computed fields: %s', async (where, ids) => {
    expect(await world.ask(`{ person(where: ${where}) { id } }`)).toEqual({
      person: ids.map(id => ({ id })),
    });
  });

  it('gives a role the computed fields that it was given', async () => {
    const asReader = { role: 'reader' };
    expect(await world.ask('{ person { initials seen_by pets_of { name } } }', asReader)).toEqual({
      person: [
        { initials: 'AA', seen_by: 'reader', pets_of: [{ name: 'Rex' }, { name: 'Tom' }] },
        { initials: 'BB', seen_by: 'reader', pets_of: [] },
      ],
    });
    for (const query of [
      '{ person { full_name } }',
      '{ person(where: {full_name: {_eq: "x"}}) { id } }',
      '{ person(order_by: {full_name: asc}) { id } }',
    ]) {
      expect(() => world.plan(query, asReader)).toThrow("field 'full_name' not found");
    }
  });

  it('calls tracked functions', async () => {
    const query = `{ find_pets(args: {pattern: "e"}, order_by: {id: desc}) { name }
      some: find_pets(args: {pattern: "e", minimum: 3}) { name }
      find_pets_aggregate(args: {pattern: "."}) { aggregate { count } }
      pet_by_id(args: {wanted: 2}) { name } pet_by_id_aggregate(args: {wanted: 2}) { aggregate { count } } unnamed(args: {arg_1: 2, arg_2: 3}) { id } }`;
    expect(await world.ask(query)).toEqual({
      find_pets: [{ name: 'Zoe' }, { name: 'Rex' }],
      some: [{ name: 'Zoe' }],
      find_pets_aggregate: { aggregate: { count: 3 } },
      pet_by_id: { name: 'Tom' },
      pet_by_id_aggregate: { aggregate: { count: 1 } },
      unnamed: [{ id: 2 }, { id: 3 }],
    });
  });

  it('hands the session to a function, whatever the client says', async () => {
    const asReader = { role: 'reader', session: { 'x-hasura-user-id': '1' } };
    expect(await world.ask('{ mine { name } }', asReader)).toEqual({
      mine: [{ name: 'Rex' }, { name: 'Tom' }],
    });
    expect(() => world.plan('{ mine(args: {hasura_session: "{}"}) { name } }', asReader)).toThrow(
      "'mine' has no argument named 'args'",
    );
    expect(await world.ask('{ find_pets(args: {pattern: "."}) { name } }', asReader)).toEqual({
      find_pets: [{ name: 'Rex' }, { name: 'Tom' }],
    });
  });

  it('sums scalar computed fields up, with arguments of their own', async () => {
    const query =
      '{ person_aggregate { aggregate { sum { legs two: legs(args: {each: 2}) } max { legs initials } } } }';
    expect(await world.ask(query)).toEqual({
      person_aggregate: { aggregate: { sum: { legs: 12, two: 6 }, max: { legs: 8, initials: 'BB' } } },
    });
  });

  it('sums up for a role what it was given only', async () => {
    const asReader = { role: 'reader' };
    const query = '{ person_aggregate { aggregate { max { initials } } } }';
    expect(await world.ask(query, asReader)).toEqual({
      person_aggregate: { aggregate: { max: { initials: 'BB' } } },
    });
    expect(() => world.plan(query.replace('initials', 'legs'), asReader)).toThrow(
      "field 'legs' not found in type: 'person_max_fields'",
    );
  });

  it.each([
    ['{ find_pets(args: {minimum: 1}) { id } }', 'Non default arguments cannot be omitted'],
    ['{ between_ids(args: {arg_2: 1}) { id } }', 'Only last set of positional arguments can be omitted'],
  ])('refuses to leave out what cannot be left out: %s', (query, message) =>
    expect(() => world.plan(query)).toThrow(
      expect.objectContaining({ code: 'not-supported', message }) as Error,
    ),
  );

  it('asks for arguments where one of them has no default', async () => {
    expect(() => world.plan('{ find_pets { id } }')).toThrow("missing required field 'args'");
    expect(await world.ask('{ between_ids { id } }')).toEqual({
      between_ids: [{ id: 1 }, { id: 2 }, { id: 3 }],
    });
  });

  it('takes rows as texts, whose type is called like no table', async () => {
    const query = `query ($bob: person_scalar!) { ann: pets_of_row(args: {owner: "(1,,,)"}) { name }
      bob: pets_of_row(args: {owner: $bob}) { name } both: pets_of_rows(args: {owners: ["(1,,,)", $bob]}) { id } }`;
    expect(await world.ask(query, { variables: { bob: '(2,,,)' } })).toEqual({
      ann: [{ name: 'Rex' }, { name: 'Tom' }],
      bob: [{ name: 'Zoe' }],
      both: [{ id: 1 }, { id: 2 }, { id: 3 }],
    });
    expect(validateSchema(buildSchema(world.sdl()))).toEqual([]);
  });

  it('offers a function that writes as a mutation only', async () => {
    expect(() => world.plan('{ rename_pets(args: {suffix: "!"}) { name } }')).toThrow(
      "field 'rename_pets' not found",
    );
    const query = 'mutation { rename_pets(args: {suffix: "!"}, where: {id: {_eq: 3}}) { name } }';
    expect(await world.ask(query)).toEqual({ rename_pets: [{ name: 'Zoe!' }] });
    expect(() => world.plan(query, { role: 'reader' })).toThrow('no mutations exist');
    const summed = 'mutation { rename_pets_aggregate(args: {suffix: "!"}) { aggregate { count } } }';
    expect(() => world.plan(summed)).toThrow(
      "field 'rename_pets_aggregate' not found in type: 'mutation_root'",
    );
  });
});
