import { EngineError } from '../executor';
import { World } from './world';

const script = `
  create table author (id int primary key, name text);
  create table book (id int primary key, author_id int references author, title text);
  insert into author values (1, 'Ann');
  insert into book values (1, 1, 'One');`;

const key = { table: { schema: 'public', name: 'book' }, column: 'author_id' };
const tables = [
  {
    table: { schema: 'public', name: 'author' },
    array_relationships: [{ name: 'books', using: { foreign_key_constraint_on: key } }],
  },
  {
    table: { schema: 'public', name: 'book' },
    object_relationships: [{ name: 'author', using: { foreign_key_constraint_on: 'author_id' } }],
  },
];

const root = '$.selectionSet.author.selectionSet';
const refused = [
  ['{ author { id ...f } }', root, 'reference to undefined fragment "f"'],
  [
    '{ author { ...f } } fragment f on author { books { ...g } } fragment g on book { author { ...f } }',
    '$.selectionSet.author.selectionSet.f.selectionSet.books.selectionSet.g.selectionSet.author.selectionSet',
    'the fragment definition(s) f and g form a cycle',
  ],
  [
    '{ author { ... on book { title } } }',
    root,
    "a fragment on type 'book' can never apply to type 'author'",
  ],
  [
    '{ author { books { ... { ...f } } } } fragment f on author { id }',
    `${root}.books.selectionSet`,
    "a fragment on type 'author' can never apply to type 'book'",
  ],
  [
    '{ ... on subscription_root { author { id } } }',
    '$.selectionSet',
    "a fragment on type 'subscription_root' can never apply to type 'query_root'",
  ],
] as const;

describe('fragments', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables });
  });

  afterAll(() => world.end());

  it.each(refused)('%s is refused', (query, path, message) => {
    const refusal = world.refusal(query);
    expect(refusal).toBeInstanceOf(EngineError);
    expect(refusal).toMatchObject({ code: 'validation-failed', message, path });
  });

  it('are flattened, wherever they stand', async () => {
    const query = `{ ...all } fragment all on query_root { ... { author { ...f ... on author { books { ...g } } } } }
      fragment f on author { name books { id } } fragment g on book { title author { ... @include(if: true) { id } } }`;
    expect(await world.ask(query)).toEqual({
      author: [{ name: 'Ann', books: [{ id: 1, title: 'One', author: { id: 1 } }] }],
    });
  });

  it('may name every type that a node can be, also within the interface', async () => {
    const id = Buffer.from('[1, "public", "author", 1]').toString('base64');
    const query = `{ node(id: "${id}") { ... on book { title } ... on Node { ... on author { name } ... on book { title } } } }`;
    expect(await world.ask(query, { relay: true })).toEqual({ node: { name: 'Ann' } });
    const narrowed = `{ node(id: "${id}") { ... on author { ... on book { title } } } }`;
    expect(() => world.plan(narrowed, { relay: true })).toThrow("a fragment on type 'book' can never apply");
  });

  it('does not walk a fragment more often than it has to', () => {
    const depth = 40;
    const fragments = Array.from(
      { length: depth },
      (_, at) => `fragment f${at} on author { books { author { ...f${at + 1} ...f${at + 1} } } }`,
    );
    const query = `{ author { ...f0 ...f0 } } ${fragments.join(' ')} fragment f${depth} on author { id }`;
    expect(world.plan(query).roots).toHaveLength(1);
  });

  const doubling = (inside: (next: string) => string): string =>
    Array.from({ length: 60 }, (_, at) => `fragment f${at} on author { ${inside(`...f${at + 1}`)} }`)
      .concat('fragment f60 on author { id }')
      .join(' ');

  it('takes a fragment once into a selection, however often it is spread there', () => {
    const query = `{ author { ...f0 } } ${doubling(next => `${next} ${next} ... { ${next} }`)}`;
    expect(world.plan(query).roots).toHaveLength(1);
  });

  it('refuses a request that comes to more fields than it seems to have', () => {
    const query = `{ author { ...f0 } } ${doubling(next => `books { author { ${next} } } more: books { author { ${next} } }`)}`;
    expect(() => world.plan(query)).toThrow('the query comes to more than 20000 fields');
  });
});
