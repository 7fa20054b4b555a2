import { EngineError } from '../executor';
import { World } from './world';

type Case = readonly [query: string, path: string, message: string];

const root = '$.selectionSet.author';
const refused: readonly Case[] = [
  ['{ author { id @nope } }', `${root}.selectionSet`, "directive 'nope' is not defined in the schema"],
  ['{ author { id @skip } }', `${root}.selectionSet.directives.skip.if`, "missing required field 'if'"],
  [
    '{ author { id @include(if: true) @skip(if: false) @include(if: true) } }',
    `${root}.selectionSet`,
    "the following directives are used more than once: ['include']",
  ],
  ['{ author { id @cached } }', `${root}.selectionSet`, "directive 'cached' is not allowed on a field"],
  [
    '{ author { ...f @cached } } fragment f on author { id }',
    `${root}.selectionSet`,
    "directive 'cached' is not allowed on a fragment spread",
  ],
  [
    '{ author { id @skip(if: true, unless: 1) } }',
    `${root}.selectionSet`,
    "'skip' has no argument named 'unless'",
  ],
  ['query @cached(time: 5) { author { id } }', '$', "'cached' has no argument named 'time'"],
  [
    'query @cached(ttl: "5") { author { id } }',
    '$.directives.cached.ttl',
    "expected a non-negative 32-bit integer for type 'Int', but found a string",
  ],
  [
    'query ($now: Int = 1) @cached(refresh: $now) { author { id } }',
    '$.directives.cached.refresh',
    "variable 'now' is declared as 'Int', but used where 'Boolean' is expected",
  ],
  [
    '{ author { ...f } } fragment f on author @include(if: true) { id }',
    `${root}.selectionSet`,
    "directive 'include' is not allowed on a fragment definition",
  ],
  [
    'query ($x: Int @nope) { author(limit: $x) { id } }',
    '$',
    "directive 'nope' is not defined in the schema",
  ],
  ['query @include(if: true) { author { id } }', '$', "directive 'include' is not allowed on a query"],
  ['query @nope { author { id } }', '$', "directive 'nope' is not defined in the schema"],
];

describe('directives', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make('create table author (id int primary key)', { tables: ['author'] });
  });

  afterAll(() => world.end());

  it.each(refused)('%s is refused', (query, path, message) => {
    const refusal = world.refusal(query);
    expect(refusal).toBeInstanceOf(EngineError);
    expect(refusal).toMatchObject({ code: 'validation-failed', message, path });
  });
});
