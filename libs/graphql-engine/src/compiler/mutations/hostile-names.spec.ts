import { world, type World } from '../../testing/world.fixture';

/** Names that Postgres takes and that would be SQL if anybody pasted them. */
const names = {
  quotes: `it's "quoted"`,
  injection: `x"; drop table public.target; --`,
  written: 'written',
  row: 'row',
  emoji: '👪 family',
  rightToLeft: 'عائلة',
  long: 'n'.repeat(63),
  template: '${name} $1 :x ?',
};

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const schema = `
  create table public.target (id int);
  ${Object.values(names)
    .map(
      name =>
        `create table ${quoted(name)} (${quoted(`${name.slice(0, 60)} id`)} serial primary key, ${quoted(name)} text, parent int references ${quoted(name)});`,
    )
    .join('\n')}`;

const source = {
  tables: Object.entries(names).map(([custom_name, name]) => ({
    table: { schema: 'public', name },
    configuration: {
      custom_name,
      column_config: { [`${name.slice(0, 60)} id`]: { custom_name: 'id' }, [name]: { custom_name: 'text' } },
    },
    object_relationships: [{ name: 'up', using: { foreign_key_constraint_on: 'parent' } }],
    array_relationships: [
      {
        name: 'down',
        using: { foreign_key_constraint_on: { table: { schema: 'public', name }, column: 'parent' } },
      },
    ],
  })),
};

describe('mutations on hostile names', () => {
  let here: World;
  beforeAll(async () => {
    here = await world({ schema, source });
  });
  afterAll(() => here.drop());

  it.each(Object.keys(names))('%s', async name => {
    const tree = `mutation { insert_${name}_one(object: {text: "a", up: {data: {text: "b"}}, down: {data: [{text: "c"}]}}) {
      text up { text } down { text } } }`;
    expect(await here.ask('admin', tree)).toEqual({
      data: { [`insert_${name}_one`]: { text: 'a', up: { text: 'b' }, down: [{ text: 'c' }] } },
    });
    const change = `mutation {
      update_${name}(where: {text: {_eq: "c"}}, _set: {text: "d"}) { returning { text up { text } } }
      delete_${name}_by_pk(id: 3) { text } }`;
    expect(await here.ask('admin', change)).toEqual({
      data: {
        [`update_${name}`]: { returning: [{ text: 'd', up: { text: 'a' } }] },
        [`delete_${name}_by_pk`]: { text: 'd' },
      },
    });
    expect((await here.client.query('select from public.target')).rowCount).toBe(0);
  });
});
