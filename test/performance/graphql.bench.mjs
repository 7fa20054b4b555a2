// The engine beside the limit of the machine: a bare server that sends the same SQL in the same way. The rounds of the
// servers alternate, and what counts is the ratio of their medians.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createHmac } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchServer } from './graphql/database.mjs';
import { servePeers } from './graphql/peers.mjs';
import { generator } from './graphql/load.mjs';
import { freePort, median, round, serve } from './graphql/processes.mjs';
import { FAMILIES, id, makeWorld, METADATA, REQUESTS } from './graphql/world.mjs';

export const title = 'GraphQL';

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.BENCH_DIST ?? join(here, '..', '..', 'dist');
const DATABASE = 'nself_bench_graphql';
const KEY = 'a-key-of-the-bench-that-is-long-enough-0123456789';
const SECRET = 'a-secret-of-the-bench-0123456789';
const FAMILY = id(1, 0);
const GOALS = { pk: 0.8, list: 0.9, l1000: 0.95, insert: 0.8 };
/** Microseconds of Node that the engine may take beyond the bare server, and what the context may cost it. */
const ON_TOP = 20;
const CONTEXT = 0.93;

export async function run(options) {
  if (!existsSync(join(dist, 'apps/graphql/src/main.js'))) throw new Error('Run npm run build first.');
  const server = await benchServer();
  try {
    const rounds = Number(options[0] ?? 7);
    return report(
      await compare({ url: server.url, database: DATABASE, rounds, seconds: 3, warmUp: 30, peers: true }),
    );
  } finally {
    await server.stop();
  }
}

/**
 * Rounds of load on the engine and the bare servers, for each request; on a world of its own. Before the first round
 * each server is warmed up until its code is compiled, which on a slow machine takes half a minute.
 */
export async function compare({
  url,
  database,
  rounds,
  seconds,
  warmUp,
  scale = 1,
  names = wanted(),
  withoutContext = true,
  peers = false,
}) {
  const world = await makeWorld(url, database, scale);
  const servers = {};
  try {
    servers.engine = await serveEngine(world);
    await tell(servers.engine.port);
    const recorded = await record(world);
    servers.bare = await serveBare(world, recorded, true);
    if (withoutContext) servers.plain = await serveBare({ app: preset(world.app) }, recorded, false);
    if (peers) Object.assign(servers, await servePeers(world, FAMILY));
    return await measure(servers, { database, rounds, seconds, warmUp, names });
  } finally {
    await Promise.all(Object.values(servers).map(server => server.stop()));
    await world.drop();
  }
}

/** The same login with the context set once when it connects: the same rows and walls, and nothing to set for a request. */
function preset(app) {
  const url = new URL(app);
  url.searchParams.set('options', `-c app.family_id=${FAMILY} -c app.role=adult`);
  return url.href;
}

async function serveEngine({ app }) {
  const port = await freePort();
  const env = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    LOG_REQUESTS: 'false',
    GRAPHQL_PORT: String(port),
    HASURA_GRAPHQL_DATABASE_URL: app,
    HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
    HASURA_GRAPHQL_JWT_SECRET: JSON.stringify({ type: 'HS256', key: KEY }),
  };
  return serve([join(dist, 'apps/graphql/src/main.js')], env, port);
}

async function tell(port) {
  const response = await fetch(`http://127.0.0.1:${port}/v1/metadata`, {
    method: 'POST',
    headers: { 'x-hasura-admin-secret': SECRET },
    body: JSON.stringify(METADATA),
  });
  const text = await response.text();
  if (!response.ok && !text.includes('already-tracked')) throw new Error(text);
}

/** Asks an engine in this process once for each request, and writes down what it sends to Postgres. */
async function record({ app }) {
  const require = createRequire(import.meta.url);
  const { openRunner } = require(join(dist, 'apps/graphql/src/database/open-runner.js'));
  const { EngineService, authenticationOf, corsPolicy, sessionOf } = require(
    join(dist, 'libs/graphql-engine/src/index.js'),
  );
  const runner = await openRunner({
    url: app,
    adminUrl: app,
    connections: 1,
    adminConnections: 1,
    namedStatements: true,
    statementTimeout: 30_000,
  });
  const groups = [];
  const listening = Object.create(runner, {
    run: { value: group => (groups.push(group), runner.run(group)) },
  });
  const model = {
    stringifyNumerics: false,
    inferFunctionPermissions: true,
    nullsAreTrue: false,
    relay: false,
    namingConvention: 'hasura-default',
  };
  const service = new EngineService({
    runner: listening,
    model,
    authenticator: authenticationOf({ adminSecrets: [SECRET], jwt: [] }),
    cors: corsPolicy('*'),
    apis: new Set(),
    keepAliveMs: 5000,
    initTimeoutMs: 30_000,
    refetchMs: 1000,
    liveBatch: 100,
  });
  await service.start();
  const session = sessionOf('adult', { 'x-hasura-family-id': FAMILY });
  const made = [];
  for (const [name, { query, variables }] of Object.entries(REQUESTS)) {
    const given = variables(0);
    const answer = await service.engine.execute({ query, variables: given }, session);
    const statements = groups.at(-1).statements;
    const last = statements.at(-1);
    const variable = given?.id === undefined ? undefined : 'id';
    const hole = variable && last.values.indexOf(given.id);
    const alias = Object.keys(JSON.parse(Buffer.concat(answer.body)).data)[0];
    made.push({
      name,
      query,
      alias,
      sql: last.text,
      values: last.values,
      hole,
      variable,
      writes: name === 'insert',
      preceding: statements.slice(0, -1),
    });
  }
  await service.stop();
  return made;
}

async function serveBare({ app }, statements, context) {
  const port = await freePort();
  const settings = JSON.stringify({ dist, url: app, port, statements, family: FAMILY, context });
  return serve([...heapFlags(), join(here, 'graphql/bare.mjs'), settings], {}, port);
}

/** What the service tells V8 of its heap, so that the bare server has it as well. */
const heapFlags = () => createRequire(import.meta.url)(join(dist, 'apps/graphql/src/heap.js')).HEAP_FLAGS;

async function measure(servers, { database, rounds, seconds, warmUp, names }) {
  const seen = {};
  for (const name of names) {
    const asked = Object.entries(servers).filter(([, { requests = REQUESTS }]) => requests[name]);
    for (const [, server] of asked) await round(server, database, planOf(name, warmUp, server.requests));
    for (let turn = 0; turn < rounds; turn++) {
      // There and back, so that whatever one leaves behind does not always meet the same one.
      for (const [which, server] of turn % 2 === 0 ? asked : asked.toReversed()) {
        const measured = await round(server, database, planOf(name, seconds, server.requests));
        ((seen[name] ??= {})[which] ??= []).push(measured);
      }
    }
  }
  return seen;
}

/** BENCH_ONLY=pk,list measures only these. */
const wanted = () => process.env.BENCH_ONLY?.split(',') ?? Object.keys(REQUESTS);

function planOf(name, seconds, worded = REQUESTS) {
  const { query, variables } = worded[name];
  const headers = { authorization: `Bearer ${token()}` };
  const requests = Array.from({ length: 200 }, (_, n) => ({
    headers,
    body: JSON.stringify({ query, variables: variables(n) }),
  }));
  return { connections: 32, seconds, requests };
}

function token() {
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    'x-hasura-default-role': 'adult',
    'x-hasura-allowed-roles': ['adult'],
    'x-hasura-family-id': FAMILY,
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp: 4_000_000_000, 'https://hasura.io/jwt/claims': claims })}`;
  return `${signed}.${createHmac('sha256', KEY).update(signed).digest('base64url')}`;
}

const PEERS = {
  postgraphile: {
    name: 'PostGraphile 5',
    goals: { pk: 5, list: 3, l1000: 2.3 },
    p99: { pk: 0.3, list: 0.4, l1000: 0.6 },
  },
  nest: { name: 'Nest, Apollo, TypeORM, DataLoader', goals: { pk: 9, list: 10, l1000: 5 }, p99: {} },
};

const of = (rounds, key) => median(rounds.map(one => one[key]));
const over = (a, b, key) => of(a, key) / of(b, key);

function report(seen) {
  const row = ([name, { engine, bare, plain }]) =>
    cells([
      name,
      of(engine, 'perSecond').toFixed(0),
      of(bare, 'perSecond').toFixed(0),
      `${over(engine, bare, 'perSecond').toFixed(2)} (${GOALS[name]})`,
      `${of(engine, 'node').toFixed(0)} / ${of(bare, 'node').toFixed(0)}, ${signed(of(engine, 'node') - of(bare, 'node'))} (${ON_TOP})`,
      `${of(engine, 'postgres').toFixed(0)} / ${of(bare, 'postgres').toFixed(0)}`,
      `${of(engine, 'p99').toFixed(1)} / ${of(bare, 'p99').toFixed(1)}`,
      `${over(bare, plain, 'perSecond').toFixed(2)} (${CONTEXT})`,
    ]);
  return `
${FAMILIES} families, 1 M rows, row level security on, 32 connections (${generator === 'wrk' ? 'of wrk' : 'of a loop in Node'}), pool of 8; medians of alternating rounds.
The bare server sends the same SQL with the same context through the same driver; goals stand in brackets.

| request | engine req/s | bare req/s | ratio | Node µs, engine / bare | Postgres µs | p99 ms | bare, context on / off |
|---|---|---|---|---|---|---|---|
${Object.entries(seen).map(row).join('\n')}

| request | beside | req/s | engine is faster by | p99 ms, engine / other | Node µs of the other |
|---|---|---|---|---|---|
${Object.entries(seen).flatMap(peerRows).join('\n')}
`;
}

function peerRows([request, measured]) {
  return Object.entries(PEERS).flatMap(([which, { name, goals, p99 }]) => {
    const other = measured[which];
    if (!other) return [];
    const { engine } = measured;
    const late = `${of(engine, 'p99').toFixed(1)} / ${of(other, 'p99').toFixed(1)}, ${over(engine, other, 'p99').toFixed(2)}${p99[request] ? ` (${p99[request]})` : ''}`;
    const faster = `${over(engine, other, 'perSecond').toFixed(1)} (${goals[request]})`;
    return [
      cells([request, name, of(other, 'perSecond').toFixed(0), faster, late, of(other, 'node').toFixed(0)]),
    ];
  });
}

const cells = list => `| ${list.join(' | ')} |`;

const signed = value => `${value < 0 ? '' : '+'}${value.toFixed(0)}`;
