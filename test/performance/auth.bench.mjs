// Auth beside the limit of its own arithmetic: sign-ins per second against bare argon2 hashes of the same parameters on
// the same cores in the same run, refreshes and verified requests per second, and how long the event loop is held up
// while passwords are hashed. Rounds alternate, and what counts is the ratio of their medians.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchServer } from './graphql/database.mjs';
import { freePort, median, serve } from './graphql/processes.mjs';
import { bareHashes } from './auth/bare-hashes.mjs';
import { authDatabase } from './auth/database.mjs';
import { benchRedis } from './auth/redis.mjs';
import { hammer } from './auth/load.mjs';

export const title = 'Auth';

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.BENCH_DIST ?? join(here, '..', '..', 'dist');
const require = createRequire(import.meta.url);
const PEOPLE = 64;
const CONNECTIONS = 16;
const PASSWORD = 'a garden full of lemons 7';
const GOALS = { argon: 0.9, delay: 50 };

export async function run(options) {
  if (!existsSync(join(dist, 'apps/auth/src/main.js'))) throw new Error('Run npm run build first.');
  const rounds = Number(options[0] ?? 5);
  const seconds = Number(options[1] ?? 5);
  const [postgres, redis] = await Promise.all([benchServer(), benchRedis()]);
  const database = await authDatabase(postgres.url, join(dist, 'migrations'), require);
  const auth = await serveAuth(database.url, redis.url);
  try {
    return report(await measure(auth, rounds, seconds));
  } finally {
    await auth.stop();
    await database.drop();
    await Promise.all([postgres.stop(), redis.stop()]);
  }
}

async function serveAuth(databaseUrl, redisUrl) {
  const port = await freePort();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const env = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    LOG_REQUESTS: 'false',
    AUTH_PORT: String(port),
    AUTH_DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    AUTH_JWT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    MASTER_KEY: randomBytes(32).toString('hex'),
    AUTH_RATE_LIMIT_ENABLE: 'false',
  };
  return serve([join(dist, 'apps/auth/src/main.js')], env, port);
}

async function measure({ port }, rounds, seconds) {
  const base = `http://127.0.0.1:${port}`;
  const people = [];
  for (let one = 0; one < PEOPLE; one++) people.push(await register(base, one));
  const seen = { bare: [], logins: [], refreshes: [], requests: [], delays: [] };
  for (let round = 0; round < rounds; round++) {
    seen.bare.push(await bareHashes(PASSWORD, seconds));
    await delayOf(base);
    seen.logins.push(await hammer(CONNECTIONS, seconds, turn => login(base, people[turn % PEOPLE])));
    seen.delays.push(await delayOf(base));
    seen.refreshes.push(await hammer(CONNECTIONS, seconds, refreshers(base, people)));
    seen.requests.push(await hammer(CONNECTIONS, seconds, turn => me(base, people[turn % PEOPLE])));
  }
  return seen;
}

const post = (address, body) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function register(base, number) {
  const email = `person-${number}@example.org`;
  return {
    email,
    ...(await read(await post(`${base}/v1/auth/register`, { email, password: PASSWORD }), 201)),
  };
}

const login = async (base, { email }) =>
  read(await post(`${base}/v1/auth/login`, { email, password: PASSWORD }), 200);

/** Everybody rotates a line of their own. */
function refreshers(base, people) {
  const tokens = people.map(person => person.refreshToken);
  return async turn => {
    const mine = turn % people.length;
    const answer = await read(await post(`${base}/v1/auth/refresh`, { refreshToken: tokens[mine] }), 200);
    tokens[mine] = answer.refreshToken;
    people[mine].refreshToken = answer.refreshToken;
    people[mine].accessToken = answer.accessToken;
  };
}

const me = async (base, { accessToken }) =>
  read(await fetch(`${base}/v1/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } }), 200);

async function read(response, status) {
  const body = await response.json();
  if (response.status !== status)
    throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

/** The 99th percentile of the event loop's delay since it was last asked for, in milliseconds. */
async function delayOf(base) {
  const metrics = await (await fetch(`${base}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)/m.exec(metrics)?.[1]) * 1000;
}

function report({ bare, logins, refreshes, requests, delays }) {
  const ratio = median(logins) / median(bare);
  return `
| what | measured | goal |
|---|---|---|
| argon2id hashes per second, bare, same parameters, all cores | ${median(bare).toFixed(1)} | |
| sign-ins per second (${CONNECTIONS} connections) | ${median(logins).toFixed(1)} | |
| sign-ins against bare hashes | ${ratio.toFixed(2)} | at least ${GOALS.argon} |
| event loop delay under sign-ins, p99 | ${median(delays).toFixed(1)} ms | under ${GOALS.delay} ms |
| refreshes per second | ${median(refreshes).toFixed(0)} | |
| verified requests per second (\`/v1/auth/me\`, one transaction each) | ${median(requests).toFixed(0)} | |

Medians of ${logins.length} alternating rounds. Client, service, Postgres and Redis share the cores; the bare hashes have
them to themselves.
`;
}
