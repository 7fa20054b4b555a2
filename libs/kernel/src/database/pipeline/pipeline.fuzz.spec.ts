import { randomInt } from 'node:crypto';
import { prepared, type Group } from './group';
import { FAMILIES, family, walledDatabase, type WalledDatabase } from './pipeline.fixture';
import type { Pipeline } from './pipeline';

const SERVER = process.env['TEST_DATABASE_URL'] ?? '';
const REQUESTS = 3000;
const THREADS = 24;

interface Draw {
  readonly group: Group;
  /** The answer when all goes well; undefined when the group is built to fail inside the database. */
  readonly expected: string | undefined;
}

const BREAK = prepared('select (1 / $1::int)::text', ['0']);

/** A small generator with a seed that can be printed (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return sides => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

function draw(roll: (sides: number) => number): Draw {
  const mine = roll(FAMILIES);
  const id = roll(FAMILIES * 7);
  const byId = prepared("select coalesce(max(body), 'none') from notes where id = $1::int", [String(id)]);
  const foreign = prepared('select count(*)::text from notes where family <> $1::int', [String(mine)]);
  const sum = prepared(`select sum(family)::text, $1::text from notes`, [String(roll(50))]);
  const statements = [byId, foreign, ...(roll(3) === 0 ? [sum] : [])];
  const fails = roll(10) === 0;
  if (fails) statements.splice(roll(statements.length + 1), 0, BREAK);
  const isolation = roll(20) === 0 ? ('repeatable read' as const) : undefined;
  const body = id % FAMILIES === mine ? `note ${id}` : 'none';
  return {
    group: { context: family(mine), statements, isolation },
    expected: fails ? undefined : `${body},0`,
  };
}

async function play(pipeline: Pipeline, { group, expected }: Draw): Promise<boolean> {
  try {
    const [first, second] = await pipeline.run(group);
    return `${first?.[0]?.[0]},${second?.[0]?.[0]}` === expected;
  } catch (error) {
    return expected === undefined && error instanceof Error && error.message === 'division by zero';
  }
}

describe('mixed families over a few connections', () => {
  let database: WalledDatabase;
  beforeAll(async () => {
    database = await walledDatabase(SERVER);
  });
  afterAll(() => database.drop());

  it.each([1, 2, 8])('gives nobody a wrong or foreign answer with %i connections', async connections => {
    const seed = randomInt(2 ** 31);
    const roll = dice(seed);
    const pipeline = database.open({ connections, kept: { statements: 3 } });
    const wrong: Draw[] = [];
    let left = REQUESTS;
    const thread = async (): Promise<void> => {
      while (left-- > 0) {
        const next = draw(roll);
        if (!(await play(pipeline, next))) wrong.push(next);
      }
    };
    await Promise.all(Array.from({ length: THREADS }, thread));
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
  });
});
