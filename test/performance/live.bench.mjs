// Ten thousand open sockets: what they cost at rest, how soon the last one hears of a change, and whether cost follows
// the different questions and not those who ask.
import pg from 'pg';
import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { benchServer } from './graphql/database.mjs';
import { freePort, rssOf, serve } from './graphql/processes.mjs';
import { backendTimes, cpuOf, timeBetween } from './graphql/processor-time.mjs';
import { FAMILIES, id, makeWorld, METADATA } from './graphql/world.mjs';

export const title = 'Live queries';

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.BENCH_DIST ?? join(here, '..', '..', 'dist');
const DATABASE = 'nself_bench_graphql';
const KEY = 'a-key-of-the-bench-that-is-long-enough-0123456789';
const SECRET = 'a-secret-of-the-bench-0123456789';
const WRITES_A_SECOND = 20;
const SECONDS = 15;
const REST_MS = 10_000;
const QUERY =
  'subscription { comments(order_by: {created_at: desc}, limit: 10) { id body created_at author { id name } } }';

const TRIGGERS = `
  create or replace function app.announce_change() returns trigger language plpgsql as $$
  declare changed uuid;
  begin
    for changed in select distinct family_id from changed_rows loop
      perform pg_notify('nself_changes', json_build_object('table', tg_table_schema || '.' || tg_table_name, 'family', changed)::text);
    end loop;
    return null;
  end $$;
  ${['comments', 'members'].map(announce).join('\n')}`;

function announce(table) {
  const sides = { insert: 'new', update: 'new', delete: 'old' };
  return Object.entries(sides)
    .map(
      ([verb, side]) => `
        create or replace trigger announce_${verb} after ${verb} on ${table}
          referencing ${side} table as changed_rows
          for each statement execute function app.announce_change();`,
    )
    .join('\n');
}

/** A function that the policies of the second run consult makes the person part of what an answer depends on. */
const PERSONAL = `
  create or replace function app.user_id() returns uuid language sql stable parallel safe return nullif(current_setting('app.user_id', true), '')::uuid;
  alter policy wall on comments using (family_id = (select app.family_id()) and (select app.user_id()) is not null);`;
const SHARED = `alter policy wall on comments using (family_id = (select app.family_id()));`;

export async function run() {
  const server = await benchServer();
  const world = await makeWorld(server.url, DATABASE);
  const owner = new pg.Client({ connectionString: world.owner });
  await owner.connect();
  try {
    await owner.query(TRIGGERS);
    await owner.query(SHARED);
    const rows = [];
    for (const sockets of [1_000, 10_000]) rows.push(await measure(world, owner, { sockets, people: false }));
    await owner.query(PERSONAL);
    rows.push(await measure(world, owner, { sockets: 10_000, people: true }));
    return report(rows);
  } finally {
    await owner.query(SHARED);
    await owner.end();
    await world.drop();
    await server.stop();
  }
}

async function measure({ app }, owner, { sockets, people }) {
  const engine = await serveEngine(app);
  await tell(engine.port);
  const familyIds = Array.from({ length: FAMILIES }, (_, n) => id(1, n));
  const settings = {
    port: engine.port,
    sockets,
    families: FAMILIES,
    people,
    query: QUERY,
    key: KEY,
    familyIds,
  };
  const clients = fork(join(here, 'live/clients.mjs'), [JSON.stringify(settings)], { stdio: 'inherit' });
  try {
    await heard(clients, message => message.watching);
    await sleep(3_000);
    const writer = Number((await owner.query('select pg_backend_pid() as pid')).rows[0].pid);
    const rest = await spent(engine, writer, () => asking(owner, () => sleep(REST_MS)));
    const busy = await spent(engine, writer, () => write(owner, clients));
    const memory = rssOf(engine.pid);
    return { sockets, cohorts: people ? sockets : FAMILIES, memory, rest, busy };
  } finally {
    clients.kill('SIGKILL');
    await engine.stop();
  }
}

/** Shares of a core that Node and Postgres (without whoever writes) take while something goes on, and what it gives. */
async function spent(engine, writer, work) {
  const look = () => ({
    node: cpuOf(engine.pid),
    backends: backendTimes(DATABASE, [writer]),
    seconds: performance.now() / 1000,
  });
  const before = look();
  const result = await work();
  const after = look();
  const seconds = after.seconds - before.seconds;
  const postgres = timeBetween(before.backends, after.backends) / seconds;
  return { result, node: (after.node - before.node) / seconds, postgres };
}

/** How many of the engine's connections began any statement meanwhile; none did if it asked nothing at all. */
async function asking(owner, work) {
  const { rows: begun } = await owner.query('select clock_timestamp()::text as at');
  await work();
  const { rows } = await owner.query(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name like 'nself graphql%' and query_start > $1::timestamptz`,
    [begun[0].at],
  );
  return rows[0].n;
}

async function write(owner, clients) {
  const started = new Map();
  const delays = [];
  const listen = ({ heard: change }) => {
    if (change !== undefined) delays.push(performance.now() - started.get(change));
  };
  clients.on('message', listen);
  for (let change = 1; change <= WRITES_A_SECOND * SECONDS; change++) {
    const family = change % FAMILIES;
    clients.send({ change, family });
    const text = `update comments set body = 'change-${change}-${performance.now()}' where id = (select id from comments where family_id = $1 order by created_at desc limit 1)`;
    await owner.query(text, [id(1, family)]);
    started.set(String(change), performance.now());
    await sleep(1000 / WRITES_A_SECOND);
  }
  await sleep(3_000);
  clients.off('message', listen);
  delays.sort((a, b) => a - b);
  return {
    heard: delays.length,
    of: WRITES_A_SECOND * SECONDS,
    p95: delays[Math.floor(delays.length * 0.95)] ?? Number.NaN,
  };
}

const heard = (child, wanted) =>
  new Promise((resolve, reject) => {
    child.on('message', message => wanted(message) && resolve(message));
    child.on('exit', code => reject(new Error(`the clients ended with ${code}`)));
  });

async function serveEngine(app) {
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

const percent = share => `${(share * 100).toFixed(1)} %`;

function report(rows) {
  const row = ({ sockets, cohorts, memory, rest, busy }) =>
    `| ${[
      sockets,
      cohorts,
      rest.result,
      percent(rest.node),
      `${busy.result.p95.toFixed(0)} ms (${busy.result.heard} of ${busy.result.of})`,
      percent(busy.postgres),
      percent(busy.node),
      `${memory.toFixed(0)} MiB`,
    ].join(' | ')} |`;
  const [few, many] = rows;
  return `
One query of ten rows with their authors over ${FAMILIES} families, row level security on; ${WRITES_A_SECOND} writes a second.
Asking at rest is how many of the engine's connections began a statement in ${REST_MS / 1000} s in which nothing changed.

| sockets | different questions | asking at rest | Node at rest | p95 from commit to last receiver | Postgres, of a core | Node, of a core | memory |
|---|---|---|---|---|---|---|---|
${rows.map(row).join('\n')}
| goals: 10000 | ${FAMILIES} | 0 | | under 100 ms | under 10 % | under 15 % | under 250 MiB |
| goals: 10000 | 10000 | 0 | | under 1000 ms | under 100 % | under 100 % | |

Postgres's work for ${many.sockets} over that for ${few.sockets} subscribers of the same questions: ${(many.busy.postgres / few.busy.postgres).toFixed(2)} (at most 1.1).
`;
}
