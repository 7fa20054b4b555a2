import { World } from './world';

const long = 'x'.repeat(63);
const names = [
  'quote"s',
  "apos'trophe",
  'semi;colon',
  'back\\slash',
  'line\nbreak',
  'emoji 👪',
  'عربى',
  'select',
  'UPPER',
  '{}',
  '$1',
];

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const script = `
  create schema "odd ""schema""";
  create table "odd ""schema"""."table 'x'" (id int primary key, ${names.map(name => `${quoted(name)} text`).join(', ')}, ${long} text);
  insert into "odd ""schema"""."table 'x'" select 1, ${names.map((_, at) => `'v${at}'`).join(', ')}, 'long';
  create table r (r int primary key, root text, rows text, sums text, page text, "row" text);
  insert into r values (1, 'a', 'b', 'c', 'd', 'e');`;

const tables = [
  {
    table: { schema: 'odd "schema"', name: "table 'x'" },
    configuration: {
      custom_name: 'odd',
      column_config: Object.fromEntries(names.map((name, at) => [name, { custom_name: `c${at}` }])),
    },
    select_permissions: [
      {
        role: 'reader',
        permission: {
          columns: '*',
          filter: Object.fromEntries(names.map((name, at) => [name, { _eq: `v${at}` }])),
        },
      },
    ],
  },
  'r',
];

describe('hostile names', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables });
  });

  afterAll(() => world.end());

  it('has a consistent model', () => expect(world.model.inconsistencies).toEqual([]));

  it('reads, filters and orders by them', async () => {
    const fields = names.map((_, at) => `c${at}`);
    const where = fields.map((field, at) => `${field}: {_eq: "v${at}"}`).join(', ');
    const order = fields.map(field => `{${field}: asc}`).join(', ');
    const query = `{ odd(where: {${where}}, order_by: [${order}]) { ${fields.join(' ')} ${long} } }`;
    const row = { ...Object.fromEntries(fields.map((field, at) => [field, `v${at}`])), [long]: 'long' };
    expect(await world.ask(query)).toEqual({ odd: [row] });
    expect(await world.ask(query, { role: 'reader' })).toEqual({ odd: [row] });
    expect(world.sql('{ odd { c0 c1 } }', { role: 'reader' })).toMatchSnapshot();
  });

  it('does not confuse columns and aliases with names of its own', async () => {
    const query =
      '{ r { r root rows sums page row __a: __typename } r_aggregate { rows: aggregate { sums: max { root row } } sums: nodes { r } } }';
    expect(await world.ask(query)).toEqual({
      r: [{ r: 1, root: 'a', rows: 'b', sums: 'c', page: 'd', row: 'e', __a: 'r' }],
      r_aggregate: { rows: { sums: { root: 'a', row: 'e' } }, sums: [{ r: 1 }] },
    });
  });

  it('keeps response names that are longer than a name of Postgres can be', async () => {
    const [one, two] = [`${'n'.repeat(70)}a`, `${'n'.repeat(70)}b`];
    const query = `{ r { ${one}: root ${two}: rows } agg: r_aggregate { ${one}: aggregate { ${two}: count } } r_by_pk(r: 1) { ${one}: page } }`;
    expect(await world.ask(query)).toEqual({
      r: [{ [one]: 'a', [two]: 'b' }],
      agg: { [one]: { [two]: 1 } },
      r_by_pk: { [one]: 'd' },
    });
  });

  it('takes hostile values as values', async () => {
    const value = '\'; drop table r; -- \\ " $1 \u0001 👪';
    const variables = { value };
    expect(
      await world.ask('query ($value: String) { r(where: {root: {_eq: $value}}) { r } }', { variables }),
    ).toEqual({ r: [] });
    expect(await world.ask(`{ r(where: {root: {_in: [${JSON.stringify(value)}, "a"]}}) { r } }`)).toEqual({
      r: [{ r: 1 }],
    });
  });
});
