import { parse } from 'graphql';
import type { TableModel } from '../model';
import { plan } from '../planner';
import { buildRoleSchema } from '../schema';
import { bigModel } from './big-model';
import { World } from './world';

describe('ten thousand tables', () => {
  const model = bigModel({ tables: 10_000, columns: 4, roles: 2 });
  const query = '{ table_5000(where: {next: {c2: {_eq: "x"}}}) { c0 next { c2 } } }';

  it('are planned for as one is', () => {
    const made = plan(buildRoleSchema(model, 'role_1'), parse(query), undefined, {});
    expect(made.roots.flatMap(root => (root.kind === 'statement' ? root.statement.tables : []))).toEqual([
      'public.table_5001',
      'public.table_5000',
    ]);
  });

  it('are not looked into unless they are asked for', () => {
    const looked = new Set<string>();
    const tables = new Map([...model.tables].map(([key, table]) => [key, watched(table, looked)]));
    plan(buildRoleSchema({ ...model, tables }, 'role_1'), parse(query), undefined, {});
    expect(looked.size).toBeLessThan(20);
    expect(looked).toContain('table_5000');
  });

  it('refuses a root field that none of them has', () => {
    const schema = buildRoleSchema(model, 'role_1');
    expect(() => plan(schema, parse('{ table_10000 { c0 } }'), undefined, {})).toThrow(
      "field 'table_10000' not found in type: 'query_root'",
    );
  });
});

/** Tells when the columns of a table are looked at. */
function watched(table: TableModel, looked: Set<string>): TableModel {
  return new Proxy(table, {
    get(target, property: keyof TableModel) {
      if (property === 'columns') looked.add(target.name);
      return target[property];
    },
  });
}

describe('a thousand columns', () => {
  const names = Array.from({ length: 1000 }, (_, at) => `c${at}`);
  let world: World;

  beforeAll(async () => {
    world = await World.make(
      `create table wide (${names.map(name => `${name} int${name === 'c0' ? ' primary key' : ''}`).join(', ')});
       insert into wide select ${names.map((_, at) => at).join(', ')};`,
      { tables: ['wide'] },
    );
  });

  afterAll(() => world.end());

  it('are read in the order of the selection', async () => {
    const query = `{ wide(where: {${names.map((name, at) => `${name}: {_eq: ${at}}`).join(', ')}}) { ${[...names].reverse().join(' ')} } }`;
    const { wide } = await world.ask(query);
    const [row] = wide as Record<string, number>[];
    expect(Object.keys(row ?? {})).toEqual([...names].reverse());
    expect(row?.['c999']).toBe(999);
  });

  it('are summed up', async () => {
    const { wide_aggregate } = await world.ask(
      `{ wide_aggregate { aggregate { sum { ${names.join(' ')} } count } } }`,
    );
    expect(wide_aggregate).toEqual({
      aggregate: { sum: Object.fromEntries(names.map((name, at) => [name, at])), count: 1 },
    });
  });
});

describe('deep nesting', () => {
  let world: World;

  beforeAll(async () => {
    const table = { schema: 'public', name: 'node' };
    world = await World.make(
      `create table node (id int primary key, parent_id int references node);
       insert into node select g, nullif(g - 1, 0) from generate_series(1, 60) g;`,
      {
        tables: [
          {
            table,
            object_relationships: [{ name: 'parent', using: { foreign_key_constraint_on: 'parent_id' } }],
            array_relationships: [
              { name: 'children', using: { foreign_key_constraint_on: { table, column: 'parent_id' } } },
            ],
          },
        ],
      },
    );
  });

  afterAll(() => world.end());

  const around = (depth: number, open: string, close: string, inner: string) =>
    open.repeat(depth) + inner + close.repeat(depth);

  it('goes fifty levels down and up', async () => {
    const down = `{ node(where: {id: {_eq: 1}}) ${around(50, '{ children ', ' }', '{ id }')} }`;
    expect(JSON.stringify(await world.ask(down))).toContain('{"id":51}');
    const up = `{ node(where: {id: {_eq: 60}}) ${around(50, '{ parent ', ' }', '{ id }')} }`;
    expect(JSON.stringify(await world.ask(up))).toContain('{"id":10}');
  });

  it('filters and orders through fifty levels', async () => {
    const where = around(50, '{parent: ', '}', '{id: {_eq: 1}}');
    const order = around(50, '{parent: ', '}', '{id: asc}');
    expect(await world.ask(`{ node(where: ${where}, order_by: ${order}) { id } }`)).toEqual({
      node: [{ id: 51 }],
    });
  });
});
