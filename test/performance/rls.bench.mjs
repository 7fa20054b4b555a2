// What the walls cost: one statement under all policies, under the walls of the family alone, and past both. In a round
// each of them runs a batch; what counts is the median over the rounds of the ratios within a round, so that a busy
// moment of the machine, which all of a round share, changes nothing.
import { benchServer } from './graphql/database.mjs';
import { engineOn, LIKE, numbered, QUESTIONS, SEARCH } from './rls/questions.mjs';
import { BenchSession, dropRole, VARIABLES } from './rls/session.mjs';
import { drop, FAMILIES, FAMILY, makeWorld, ME } from './rls/world.mjs';

export const title = 'Row level security';

const DATABASE = 'nself_bench_rls';

export async function run(options) {
  const [rounds, scale] = [Number(options[0] ?? 100), Number(options[1] ?? 1)];
  const server = await benchServer();
  let session;
  try {
    session = await BenchSession.open(await makeWorld(server.url, DATABASE, scale));
    return report(await measure(session, rounds), scale);
  } finally {
    await session?.end();
    await drop(server.url, DATABASE);
    await dropRole(server.url);
    await server.stop();
  }
}

async function measure(session, rounds) {
  const compile = await engineOn(session.client);
  const compare = (statement, batch) =>
    race(session, { off: statement, walls: statement, policies: statement }, batch, rounds);
  const [sent, rule] = [[], []];
  for (const [name, { query, row, plain, byHand, batch }] of Object.entries(QUESTIONS)) {
    const values = { ...VALUES, row: row && (await session.client.query(numbered(row, VALUES))).rows[0].id };
    const variables = row ? { id: values.row } : {};
    sent.push([name, await compare(compile(query, variables, VARIABLES), batch)]);
    if (!plain) continue;
    const asks = { off: numbered(byHand, values), policies: numbered(plain, values) };
    rule.push([name, await race(session, asks, batch, rounds)]);
  }
  const [search, like] = [SEARCH, LIKE];
  return {
    sent,
    rule,
    search: await compare(numbered(search.text, VALUES), search.batch),
    like: await compare(numbered(like.text, VALUES), like.batch),
  };
}

const VALUES = { family: FAMILY, me: ME, words: 'lighthouse', pattern: '%lighthouse%' };

/** Rounds in which everybody asks in turn, each time another one first. The first named is what the rest is held against. */
async function race(session, asks, batch, rounds) {
  const runners = Object.entries(asks);
  const times = Object.fromEntries(runners.map(([who]) => [who, []]));
  for (let round = -5; round < rounds; round++) {
    const turn = Math.abs(round) % runners.length;
    for (const [who, statement] of [...runners.slice(turn), ...runners.slice(0, turn)]) {
      const took = await session.time(who, statement, batch);
      if (round >= 0) times[who].push(took);
    }
  }
  const [[first]] = runners;
  const summary = who => ({
    ms: median(times[who]),
    ratio: median(times[who].map((took, round) => took / times[first][round])),
  });
  return Object.fromEntries(runners.map(([who]) => [who, summary(who)]));
}

const median = numbers => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const ms = time => time.ms.toFixed(3);
const times = time => time.ratio.toFixed(2);

function report({ sent, rule, search, like }, scale) {
  const row = (name, { off, walls, policies }, goal) =>
    `| ${[name, ms(off), ms(walls), times(walls), goal, ms(policies), times(policies)].join(' | ')} |`;
  return [
    `${(1_000_000 * scale).toLocaleString('en')} rows in ${FAMILIES} families; milliseconds per statement as the client sees them, medians;`,
    'ratios to the same statement with row level security off. Prepared (generic plans), one connection, one transaction.',
    '',
    'The SQL is what the engine sends for an adult: it names the family and carries her permission, whatever the policies',
    'say. *Walls* is the wall of the family on every table that the statement meets; *policies* adds the rules between',
    'people, so that the rule of visibility is decided twice.',
    '',
    '| statement | off | walls | ratio | goal | policies | ratio |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...sent.map(([name, measured]) => row(name, measured, 'at most 1.1')),
    row('text search (`search`)', search, 'at most 1.2'),
    row('for comparison: plain `like`', like, ''),
    '',
    'What it costs that a policy decides and not a condition: the rule of visibility once in either, in SQL by hand that',
    'names the family.',
    '',
    '| statement | rule by hand, off | rule in the policies | ratio |',
    '| --- | --- | --- | --- |',
    ...rule.map(
      ([name, { off, policies }]) => `| ${[name, ms(off), ms(policies), times(policies)].join(' | ')} |`,
    ),
    '',
    'Every everyday query of the apps is explained in `test/rules/everyday.spec.ts`: none reads a family table from end to end.',
  ].join('\n');
}
