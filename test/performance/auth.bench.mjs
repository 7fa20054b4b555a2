// Auth beside the limit of its own arithmetic: sign-ins per second against bare argon2 hashes of the same parameters on
// the same cores in the same run, what a sign-in costs beside its hash and where, refreshes and verified requests per
// second, and how long the event loop is held up while passwords are hashed. Rounds alternate, and what counts is the
// median of the ratios of neighbouring rounds: whatever else the machine does hits both halves of a pair alike.
import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { benchServer } from './graphql/database.mjs';
import { freePort, median, serve } from './graphql/processes.mjs';
import { backendTimes, cpuOf, timeBetween } from './graphql/processor-time.mjs';
import { bareHashes } from './auth/bare-hashes.mjs';
import { authDatabase } from './auth/database.mjs';
import { benchRedis } from './auth/redis.mjs';

export const title = 'Auth';

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.BENCH_DIST ?? join(here, '..', '..', 'dist');
const require = createRequire(import.meta.url);
const execute = promisify(execFile);
const PEOPLE = 64;
const CONNECTIONS = 16;
/** Seconds until V8 compiles no more: a hundred sign-ins a second are few for it. */
const WARM_UP = 40;
const PASSWORD = 'a garden full of lemons 7';
const GOALS = { argon: 0.9, delay: 50 };
/** Limits are asked for as always, and never reached. */
const ENDLESS = '1000000000';

export async function run(options) {
  if (!existsSync(join(dist, 'apps/auth/src/main.js'))) throw new Error('Run npm run build first.');
  const rounds = Number(options[0] ?? 5);
  const seconds = Number(options[1] ?? 5);
  const [postgres, redis] = await Promise.all([benchServer(), benchRedis()]);
  const database = await authDatabase(postgres.url, join(dist, 'migrations'), require);
  const auth = await serveAuth(database.url, redis.url);
  try {
    return report(await measure({ auth, database, redis }, rounds, seconds));
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
    AUTH_RATE_LIMIT_GLOBAL_BURST: ENDLESS,
    AUTH_RATE_LIMIT_SIGNUPS_BURST: ENDLESS,
  };
  return serve([join(dist, 'apps/auth/src/main.js')], env, port);
}

async function measure(parts, rounds, seconds) {
  const base = `http://127.0.0.1:${parts.auth.port}`;
  let people = [];
  for (let one = 0; one < PEOPLE; one++) people.push(await register(base, one));
  const load = async (kind, length = seconds) => {
    const plan = {
      port: parts.auth.port,
      connections: CONNECTIONS,
      seconds: length,
      kind,
      people,
      password: PASSWORD,
    };
    const measured = await hammer(parts, plan);
    people = measured.people;
    return measured;
  };
  await load('login', WARM_UP);
  const seen = [];
  for (let round = 0; round < rounds; round++) {
    const before = await bareHashes(PASSWORD, seconds);
    await delayOf(base);
    const logins = await load('login');
    const delay = await delayOf(base);
    const after = await bareHashes(PASSWORD, seconds);
    seen.push({ before, logins, delay, after, refreshes: await load('refresh'), requests: await load('me') });
  }
  return seen;
}

/** One round of load, with the processor time that each part took for a request, in milliseconds. */
async function hammer({ auth, database, redis }, plan) {
  const look = () => ({
    service: cpuOf(auth.pid),
    redis: redis.pid ? cpuOf(redis.pid) : 0,
    backends: backendTimes(database.name),
  });
  const before = look();
  const loading = execute(process.execPath, [join(here, 'auth', 'load.mjs')], { maxBuffer: 1 << 24 });
  loading.child.stdin.end(JSON.stringify(plan));
  const measured = JSON.parse((await loading).stdout);
  const after = look();
  const each = seconds => (seconds * 1000) / measured.requests;
  return {
    ...measured,
    service: each(after.service - before.service),
    postgres: each(timeBetween(before.backends, after.backends)),
    redis: each(after.redis - before.redis),
    client: each(measured.cpu),
  };
}

async function register(base, number) {
  const email = `person-${number}@example.org`;
  const response = await fetch(`${base}/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const { accessToken, refreshToken, ...rest } = await response.json();
  if (response.status !== 201)
    throw new Error(`register answered ${response.status}: ${JSON.stringify(rest)}`);
  return { email, accessToken, refreshToken };
}

/** The 99th percentile of the event loop's delay since it was last asked for, in milliseconds. */
async function delayOf(base) {
  const metrics = await (await fetch(`${base}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)/m.exec(metrics)?.[1]) * 1000;
}

function report(seen) {
  const of = pick => median(seen.map(pick));
  const bare = ({ before, after }) => (before.perSecond + after.perSecond) / 2;
  const hash = of(({ before }) => before.cpu);
  const ratio = of(each => each.logins.perSecond / bare(each));
  const service = of(({ logins }) => logins.service);
  const costs = ['postgres', 'redis', 'client'].map(part => [part, of(({ logins }) => logins[part])]);
  const beside = service - hash + costs.reduce((sum, [, cost]) => sum + cost, 0);
  const ms = value => `${value.toFixed(2)} ms`;
  return `
| what | measured | goal |
|---|---|---|
| argon2id hashes per second, bare, same parameters, all cores | ${of(bare).toFixed(1)} | |
| sign-ins per second (${CONNECTIONS} connections) | ${of(({ logins }) => logins.perSecond).toFixed(1)} | |
| sign-ins against bare hashes | ${ratio.toFixed(2)} | at least ${GOALS.argon} |
| event loop delay under sign-ins, p99 | ${of(({ delay }) => delay).toFixed(1)} ms | under ${GOALS.delay} ms |
| refreshes per second | ${of(({ refreshes }) => refreshes.perSecond).toFixed(0)} | |
| verified requests per second (\`/v1/auth/me\`, one transaction each) | ${of(({ requests }) => requests.perSecond).toFixed(0)} | |

| processor time of one sign-in | |
|---|---|
| the hash, bare | ${ms(hash)} |
| the service beside it: HTTP, rules, RS256, limits | ${ms(service - hash)} |
${costs.map(([part, cost]) => `| ${part} | ${ms(cost)} |`).join('\n')}
| all that is not the hash | ${ms(beside)}, ${((100 * beside) / hash).toFixed(0)} % of it |

Medians of ${seen.length} rounds; each stands between two rounds of bare hashes, which have the cores to themselves, while
client, service, Postgres and Redis share them. Rate limits and lockouts are asked for as always.
`;
}
