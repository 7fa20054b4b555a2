import { isDeepStrictEqual } from 'node:util';
import { sessionOf } from '../../libs/graphql-engine/src/executor';
import { world, type World } from '../../libs/graphql-engine/src/testing/world.fixture';
import { inherited, metadata, schema, tables } from './domain';
import { anyRequest, firstState } from './generate';
import { print } from './print';
import { Random } from './random';
import { answer, empty, rowsOf, tableNames, type State } from './reference';
import type { Request } from './request';

/**
 * Requests that chance makes, answered by the engine and by a slow reference that knows the rules only as they are
 * written down. FUZZ_REQUESTS says how many, FUZZ_SEED where to begin; a failure names its seed.
 */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 2000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
/** Requests on one set of rows before it is made anew. */
const ROUND = 40;
const DEADLINE = 60_000 + REQUESTS * 50;

describe(`${REQUESTS} requests, seed ${SEED}`, () => {
  let here: World;
  beforeAll(async () => {
    here = await world({
      schema,
      source: metadata,
      inheritedRoles: [inherited],
      tolerate: /inherit permission/,
    });
  });
  afterAll(() => here.drop());

  it(
    'answers each as the reference does',
    async () => {
      const counts = { answered: 0, refused: 0 };
      for (let at = 0, state = empty; at < REQUESTS; at++) {
        const random = new Random(SEED + at);
        if (at % ROUND === 0) await store(here, (state = firstState(random, empty)));
        const request = anyRequest(random);
        const verdict = await compare(here, request, state, random, SEED + at);
        counts[verdict.kind === 'answer' ? 'answered' : 'refused']++;
        if (verdict.kind === 'answer') state = verdict.state;
      }
      console.info(
        `fuzz: seed ${SEED}, ${counts.answered} answered, ${counts.refused} refused, no difference`,
      );
      expect(counts.answered).toBeGreaterThan(REQUESTS / 2);
    },
    DEADLINE,
  );
});

async function compare(here: World, request: Request, state: State, random: Random, seed: number) {
  const { query, variables } = print(request, random);
  const expected = answer(request, state);
  const said = await here.ask(sessionOf(request.role, { 'x-hasura-user-id': String(request.user) }), query, {
    ...variables,
  });
  const told = { seed, ...request, query, variables };
  const wanted = expected.kind === 'refused' ? 'an error' : normal({ data: expected.data });
  const given = expected.kind === 'refused' && isError(said) ? 'an error' : normal(said);
  agree({ ...told, state: sorted(state), expected }, given, wanted);
  if (request.operation === 'mutation') {
    agree(
      { ...told, state: sorted(state), expected },
      await stored(here),
      sorted(expected.kind === 'answer' ? expected.state : state),
    );
  }
  return expected;
}

const isError = (said: unknown) => typeof said === 'object' && said !== null && 'error' in said;

function agree(told: object, given: unknown, wanted: unknown): void {
  if (isDeepStrictEqual(given, wanted)) return;
  throw new Error(JSON.stringify({ ...told, given, wanted }, null, 1));
}

/** Nothing says in which order `returning` comes. */
function normal(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const all = value.map(one => normal(one));
    return key === 'returning' ? all.sort(byText) : all;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, normal(one, name)]));
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function sorted(state: State): Record<string, unknown[]> {
  return Object.fromEntries(tableNames.map(name => [name, [...rowsOf(state, name)].sort(byText)]));
}

async function stored(here: World): Promise<Record<string, unknown[]>> {
  const { rows } = await here.client.query<Record<string, unknown[]>>(
    `select ${tableNames.map(name => `(select coalesce(json_agg(t), '[]') from ${name} t) as ${name}`).join(', ')}`,
  );
  return Object.fromEntries(tableNames.map(name => [name, [...(rows[0]?.[name] ?? [])].sort(byText)]));
}

async function store(here: World, state: State): Promise<void> {
  await here.client.query('truncate person, post, tag');
  for (const name of tableNames) {
    const rows = JSON.stringify(rowsOf(state, name));
    await here.client.query(
      `insert into ${tables[name].name} select * from json_populate_recordset(null::${name}, $1)`,
      [rows],
    );
  }
}
