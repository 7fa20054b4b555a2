// What the walls cost: the same statements, with the same explicit permission in them as the engine writes, once as
// nself_app under every policy and once as nself_admin past them. They take turns.
import pg from 'pg';
import { loadTypeScript } from '../../tools/load-typescript.mjs';
import { benchServer } from './graphql/database.mjs';

export const title = 'Row level security';

const DATABASE = 'nself_bench_rls';
const FAMILIES = 200;
const LARGE = 20; // families of 10,000 posts; the others share the rest
// As in the tests: roles belong to the whole server, and runs may share one.
const passwords = { app: 'test-app', auth: 'test-auth', admin: 'test-admin' };

const uuid = (kind, n) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const id = (kind, n) => `${kind}0000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** A million rows, those of each family spread over the disk. `scale` 1 is all of it. */
const fill = scale => `
  set session_replication_role = replica;
  insert into families (id, name) select ${uuid(1, 'g')}, 'Family ' || g from generate_series(0, ${FAMILIES - 1}) g;
  insert into family_settings (family_id) select id from families;
  insert into auth.users (id, display_name) select ${uuid(2, 'g')}, 'Member ' || g from generate_series(0, ${FAMILIES * 5 - 1}) g;
  insert into family_members (family_id, user_id, role)
    select ${uuid(1, `g % ${FAMILIES}`)}, ${uuid(2, 'g')}, case when g < ${FAMILIES} then 'OWNER' else 'ADULT_MEMBER' end
    from generate_series(0, ${FAMILIES * 5 - 1}) g;
  insert into posts (id, family_id, author_id, body, visibility, created_at)
    select ${uuid(3, 'g')}, ${uuid(1, 'f')}, ${uuid(2, `f + ${FAMILIES} * (g % 5)`)}, 'Post ' || g || ' of a day at the sea',
           case when g % 50 = 0 then 'private' when g % 20 = 0 then 'adults_only' else 'family' end,
           timestamptz '2020-01-01' + g * interval '5 minutes'
    from (select g, case when g % 3 < 2 then (g / 3) % ${LARGE} else ${LARGE} + (g / 3) % ${FAMILIES - LARGE} end as f
          from generate_series(0, ${300_000 * scale - 1}) g) spread;
  insert into post_comments (family_id, post_id, author_id, body, created_at)
    select p.family_id, p.id, p.author_id, 'A remark, somewhat longer than a word or two', p.created_at + n * interval '1 minute'
    from generate_series(1, 2) n, posts p;
  insert into search_index (family_id, kind, content_id, title, body)
    select p.family_id, 'post', p.id, '', p.body || case when substr(p.id::text, 36) = 'a' then ' with a lighthouse' else '' end
    from posts p where right(p.id::text, 1) in ('a', 'b', 'c', 'd');
  set session_replication_role = default;`;

/** The permission of an adult to read posts, as the engine spells it out beside what the policies say. */
const seen = (post, me) => `
  ${post}.deleted_at is null and (${post}.author_id = ${me} or (
    (${post}.visibility in ('family', 'public', 'adults_only')
     or (${post}.visibility = 'private' and exists (select from post_audiences a
           where a.family_id = ${post}.family_id and a.post_id = ${post}.id and a.user_id = ${me})))
    and not exists (select from hidden_people h
           where h.family_id = ${post}.family_id and h.person_id = ${post}.author_id and h.viewer_id = ${me})))`;

const [FAMILY, ME] = [id(1, 3), id(2, 3 + FAMILIES)];
const statements = {
  'point read, with the rule of visibility': {
    goal: 1.1,
    times: 200,
    text: `select json_agg(p) from (select id, body, visibility, created_at from posts where family_id = $1 and id = $3 and ${seen('posts', '$2')}) p`,
    values: [FAMILY, ME, null],
  },
  'point read, the wall alone': {
    goal: 1.1,
    times: 200,
    text: `select json_agg(m) from (select id, role, state, joined_at from family_members where family_id = $1 and user_id = $2) m`,
    values: [FAMILY, ME],
  },
  'list of 20 with two relations': {
    goal: 1.1,
    times: 20,
    text: `select json_agg(r) from (
             select p.id, p.body, author.name, comments.list
             from (select * from posts where family_id = $1 and ${seen('posts', '$2')} order by created_at desc limit 20) p
             left join lateral (select u.display_name as name from auth.users u where u.id = p.author_id) author on true
             left join lateral (select json_agg(c) as list from (
               select c.body, c.created_at from post_comments c
               where c.family_id = p.family_id and c.post_id = p.id and c.deleted_at is null
                 and exists (select from posts q where q.family_id = c.family_id and q.id = c.post_id and ${seen('q', '$2')})
               order by c.created_at desc limit 5) c) comments on true) r`,
    values: [FAMILY, ME],
  },
  'aggregate over 10,000 rows': {
    goal: 1.1,
    times: 20,
    text: `select count(*), max(created_at) from posts where family_id = $1 and ${seen('posts', '$2')}`,
    values: [FAMILY, ME],
  },
  'text search': {
    goal: 1.2,
    times: 20,
    text: `select json_agg(s) from search($1) s`,
    values: ['lighthouse'],
  },
};

export async function run(options) {
  const [rounds, scale] = [Number(options[0] ?? 9), Number(options[1] ?? 1)];
  const server = await benchServer();
  const logins = {};
  try {
    const urls = await makeWorld(server.url, scale);
    for (const who of ['app', 'admin']) logins[who] = await login(urls[who]);
    statements['point read, with the rule of visibility'].values[2] = await aPost(logins.admin);
    const measured = {};
    for (const [name, statement] of Object.entries(statements))
      measured[name] = await compare(logins, statement, rounds);
    return report(measured, await like(logins), scale);
  } finally {
    await Promise.all(Object.values(logins).map(client => client.end()));
    await once(server.url, `drop database if exists ${DATABASE} with (force)`);
    await server.stop();
  }
}

async function makeWorld(server, scale) {
  const { bootstrapRoles, migrateUp } = loadTypeScript('migrations/index.ts');
  await once(server, `drop database if exists ${DATABASE} with (force)`);
  await once(server, `create database ${DATABASE}`);
  const as = (user, password) =>
    Object.assign(new URL(server), { pathname: `/${DATABASE}`, ...(user && { username: user, password }) })
      .href;
  await bootstrapRoles(as(), passwords);
  await migrateUp(as());
  await once(as(), fill(scale));
  await once(as(), 'vacuum analyze');
  return { app: as('nself_app', passwords.app), admin: as('nself_admin', passwords.admin) };
}

/** A connection in one transaction whose context is an adult of one family. */
async function login(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await client.query(`set local jit = off; set local max_parallel_workers_per_gather = 0;
    set local plan_cache_mode = force_generic_plan`);
  const context = `select set_config('app.family_id', $1, true), set_config('app.user_id', $2, true), set_config('app.role', 'adult', true)`;
  await client.query(context, [FAMILY, ME]);
  return client;
}

const aPost = async client =>
  (
    await client.query(`select id from posts where family_id = $1 and visibility = 'family' limit 1`, [
      FAMILY,
    ])
  ).rows[0].id;

/**
 * The two logins take turns after every statement, so that a busy moment of the machine meets both. What counts is the
 * fastest tenth: what the statement costs when nothing gets in its way.
 */
async function compare({ app, admin }, { text, values, times }, rounds) {
  const name = `bench ${text.length} ${times}`;
  const once = async client => {
    const started = process.hrtime.bigint();
    await client.query({ name, text, values });
    return Number(process.hrtime.bigint() - started) / 1e6;
  };
  for (let warmUp = 0; warmUp < 10; warmUp++) await Promise.all([once(app), once(admin)]);
  const [on, off] = [[], []];
  for (let round = 0; round < rounds * times; round++) {
    on.push(await once(app));
    off.push(await once(admin));
  }
  return { on: fastest(on), off: fastest(off), ratio: fastest(on) / fastest(off) };
}

const fastest = times => times.sort((a, b) => a - b)[Math.floor(times.length / 10)];

/** What the search function is there to avoid. */
const like = logins =>
  compare(
    logins,
    {
      text: `select count(*) from search_index where family_id = $1 and folded like $2`,
      values: [FAMILY, '%lighthouse%'],
      times: 2,
    },
    5,
  );

function report(measured, plain, scale) {
  const row = (name, { on, off, ratio }, goal) =>
    `| ${name} | ${on.toFixed(3)} | ${off.toFixed(3)} | ${ratio.toFixed(2)} | ${goal} |`;
  return [
    `${Math.round(1000 * scale)},000 rows in ${FAMILIES} families; milliseconds per statement, fastest tenth; prepared (generic plans), one connection, one transaction.`,
    '',
    '| statement | walls on | off | ratio | goal |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(measured).map(([name, times]) => row(name, times, `at most ${statements[name].goal}`)),
    row('for comparison: plain `like`', plain, 'none'),
  ].join('\n');
}

async function once(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
