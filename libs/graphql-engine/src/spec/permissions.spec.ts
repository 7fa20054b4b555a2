import { World } from './world';

const script = `
  create table team (id int primary key, name text, owner_id int);
  create table member (id int primary key, team_id int references team, person_id int, level int);
  create table doc (id int primary key, team_id int references team, author_id int, editor_id int, title text, secret text,
    meta jsonb, readers int[], tags text[]);
  create table switch (name text primary key, open boolean);
  insert into team values (1, 'red', 10), (2, 'blue', 20);
  insert into member values (1, 1, 10, 5), (2, 1, 11, 1), (3, 2, 20, 3);
  insert into doc values
    (1, 1, 10, 10, 'a', 's1', '{"open": true}', '{10,11}', '{x}'), (2, 1, 11, 10, 'b', 's2', '{}', '{}', '{y}'),
    (3, 2, 20, 20, 'c', 's3', '{"open": true}', '{10}', null);
  insert into switch values ('docs', true);`;

const id = 'X-Hasura-User-Id';

/** What a role may see of `doc`, and which rows that are for user 10. */
const filters: readonly (readonly [filter: object, ids: readonly number[]])[] = [
  [{}, [1, 2, 3]],
  [{ author_id: id }, [1]],
  [{ author_id: { _eq: id } }, [1]],
  [{ author_id: { $eq: 'x-hasura-user-ID' } }, [1]],
  [{ _not: { author_id: { _eq: id } } }, [2, 3]],
  [{ $or: [{ author_id: id }, { title: 'c' }] }, [1, 3]],
  [{ author_id: { _in: ['X-Hasura-User-Id', 20] } }, [1, 3]],
  [{ author_id: { _in: 'X-Hasura-Friends' } }, [2, 3]],
  [{ author_id: { _nin: [] } }, [1, 2, 3]],
  [{ author_id: { _ceq: 'editor_id' } }, [1, 3]],
  [{ author_id: { _cgt: 'editor_id' } }, [2]],
  [{ author_id: { _cne: ['editor_id'] } }, [2]],
  [{ team: { name: 'red' } }, [1, 2]],
  [{ team: { members: { person_id: id, level: { _gt: 3 } } } }, [1, 2]],
  [{ team: { members: { person_id: { _ceq: ['$', 'author_id'] } } } }, [1, 2, 3]],
  [{ team: { owner_id: { _cne: ['$', 'author_id'] } } }, [2]],
  [
    { _exists: { _table: { schema: 'public', name: 'switch' }, _where: { name: 'docs', open: true } } },
    [1, 2, 3],
  ],
  [{ _exists: { _table: 'switch', _where: { name: { _eq: 'other' } } } }, []],
  [{ _exists: { _table: 'member', _where: { person_id: id, team_id: { _ceq: ['$', 'team_id'] } } } }, [1, 2]],
  [{ meta: { _contains: { open: true } } }, [1, 3]],
  [{ meta: { _has_key: 'open' } }, [1, 3]],
  [{ meta: { _cast: { String: { _like: '%open%' } } } }, [1, 3]],
  [{ readers: { _contains: ['11'] } }, [1]],
  [{ readers: { _contains: 'X-Hasura-Ids' } }, [1, 3]],
  [{ tags: { _is_null: true } }, [3]],
  [{ tags: { _eq: null } }, [3]],
  [{ title: { _ne: 'a' } }, [2, 3]],
  [{ tags: { _ne: ['x'] } }, [2, 3]],
  [{ title: { _like: '_' }, id: { _gte: 2, _lt: 3 } }, [2]],
];

const columns = ['id', 'title', 'team_id'];
const roles = filters.map((_, at) => `role_${at}`);
const doc = {
  table: { schema: 'public', name: 'doc' },
  object_relationships: [{ name: 'team', using: { foreign_key_constraint_on: 'team_id' } }],
  select_permissions: [
    ...filters.map(([filter], at) => ({
      role: roles[at],
      permission: { columns, filter, allow_aggregations: true },
    })),
    { role: 'own', permission: { columns: ['id', 'title', 'secret'], filter: { author_id: id } } },
    { role: 'all', permission: { columns: ['id', 'title'], filter: {} } },
    {
      role: 'sealed',
      permission: {
        columns: ['id'],
        filter: {},
        query_root_fields: [],
        subscription_root_fields: ['select_stream'],
      },
    },
  ],
};
const team = {
  table: { schema: 'public', name: 'team' },
  array_relationships: [
    {
      name: 'members',
      using: {
        foreign_key_constraint_on: { table: { schema: 'public', name: 'member' }, column: 'team_id' },
      },
    },
    {
      name: 'docs',
      using: { foreign_key_constraint_on: { table: { schema: 'public', name: 'doc' }, column: 'team_id' } },
    },
  ],
  select_permissions: [...roles, 'own', 'all'].map(role => ({
    role,
    permission: { columns: ['id', 'name'], filter: {} },
  })),
};

const session = { 'x-hasura-user-id': '10', 'x-hasura-friends': '{11,20}', 'x-hasura-ids': '{10}' };
const just = (ids: readonly number[]) => ids.map(one => ({ id: one }));

describe('permissions', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, {
      tables: [team, 'member', doc, 'switch'],
      inheritedRoles: [{ role_name: 'both', role_set: ['own', 'all'] }],
    });
  });

  afterAll(() => world.end());

  it('has a consistent model', () => expect(world.model.inconsistencies).toEqual([]));

  it.each(filters.map(([filter, ids], at) => [JSON.stringify(filter), ids, roles[at] ?? ''] as const))(
    '%s shows %j everywhere',
    async (_filter, ids, role) => {
      const query = `{ doc(order_by: {id: asc}) { id } team { docs(order_by: {id: asc}) { id } }
        doc_aggregate(order_by: {id: asc}) { aggregate { count } nodes { id } }
        one: doc_by_pk(id: 1) { id } with: team(where: {docs: {id: {_gt: 0}}}) { id } }`;
      const answer = await world.ask(query, { role, session });
      expect(answer['doc']).toEqual(just(ids));
      expect((answer['team'] as { docs: unknown[] }[]).flatMap(({ docs }) => docs)).toEqual(just(ids));
      expect(answer['doc_aggregate']).toEqual({ aggregate: { count: ids.length }, nodes: just(ids) });
      expect(answer['one']).toEqual(ids.includes(1) ? { id: 1 } : null);
      const teams = [ids.some(one => one < 3) ? 1 : 0, ids.includes(3) ? 2 : 0].filter(Boolean);
      expect(answer['with']).toEqual(just(teams));
    },
  );

  it('prints filters that one can read', () => {
    const printed = filters.map(
      ([filter], at) => `${JSON.stringify(filter)}\n${world.sql('{ doc { id } }', { role: roles[at] })}`,
    );
    expect(printed.join('\n\n')).toMatchSnapshot();
  });

  it('fails when a session variable of a filter is missing', async () => {
    await expect(world.ask('{ doc { id } }', { role: 'role_1' })).rejects.toThrow(
      'missing session variable: "x-hasura-user-id"',
    );
  });

  it('knows nothing of what a role may not select', () => {
    const hidden = [
      '{ doc { secret } }',
      '{ doc(where: {secret: {_like: "s%"}}) { id } }',
      '{ doc(order_by: {secret: asc}) { id } }',
      '{ doc(distinct_on: [secret]) { id } }',
      '{ doc_aggregate { aggregate { max { secret } } } }',
      '{ member { id } }',
      '{ team { members { id } } }',
      '{ team(where: {members: {id: {_eq: 1}}}) { id } }',
      '{ doc(where: {_or: [{_not: {_and: [{secret: {_eq: "x"}}]}}]}) { id } }',
      '{ team(where: {docs: {secret: {_eq: "x"}}}) { id } }',
      '{ team(order_by: {docs_aggregate: {max: {secret: asc}}}) { id } }',
      '{ doc_aggregate { aggregate { count(columns: [secret]) } } }',
    ];
    for (const query of hidden)
      expect(() => world.plan(query, { role: 'role_0' })).toThrow(/not found|expected one of the values/);
    expect(world.sdl({ role: 'role_0' })).not.toMatch(/secret|member/);
  });

  it('shows only the root fields that a permission names', () => {
    const sealed = { role: 'sealed' };
    expect(() => world.plan('{ doc { id } }', sealed)).toThrow("field 'doc' not found in type: 'query_root'");
    expect(() => world.plan('subscription { doc { id } }', sealed)).toThrow(
      "field 'doc' not found in type: 'subscription_root'",
    );
    expect(() =>
      world.plan(
        'subscription { doc_stream(batch_size: 1, cursor: {initial_value: {id: 0}}) { id } }',
        sealed,
      ),
    ).not.toThrow();
  });

  it('shows a column of an inherited role where one of its roles could see it', async () => {
    const asBoth = { role: 'both', session };
    const rows = await world.ask('{ doc(order_by: {id: asc}) { id secret } }', asBoth);
    expect(rows).toEqual({
      doc: [
        { id: 1, secret: 's1' },
        { id: 2, secret: null },
        { id: 3, secret: null },
      ],
    });
    expect(await world.ask('{ doc(where: {secret: {_like: "s%"}}) { id } }', asBoth)).toEqual({
      doc: [{ id: 1 }],
    });
    expect(await world.ask('{ doc(order_by: {secret: desc_nulls_last}, limit: 1) { id } }', asBoth)).toEqual({
      doc: [{ id: 1 }],
    });
  });
});
