// The world of the bench of the walls: 200 families and a million rows, those of each family spread over the disk.
import pg from 'pg';
import { loadTypeScript } from '../../../tools/load-typescript.mjs';

export const FAMILIES = 200;
const LARGE = 20; // families of 10,000 posts; the others share the rest
// As in the tests: roles belong to the whole server, and runs may share one.
const passwords = { app: 'test-app', auth: 'test-auth', admin: 'test-admin' };

const uuid = (kind, n) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const id = (kind, n) => `${kind}0000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** An adult of one of the large families. */
export const FAMILY = id(1, 3);
export const ME = id(2, 3 + FAMILIES);

/** `scale` 1 is all of it. */
const fill = scale => `
  set session_replication_role = replica;
  insert into families (id, name) select ${uuid(1, 'g')}, 'Family ' || g from generate_series(0, ${FAMILIES - 1}) g;
  insert into family_settings (family_id) select id from families;
  insert into auth.users (id, display_name) select ${uuid(2, 'g')}, 'Member ' || g from generate_series(0, ${FAMILIES * 5 - 1}) g;
  insert into family_members (id, family_id, user_id, role)
    select ${uuid(4, 'g')}, ${uuid(1, `g % ${FAMILIES}`)}, ${uuid(2, 'g')}, case when g < ${FAMILIES} then 'OWNER' else 'ADULT_MEMBER' end
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

/** Makes the world in a database of its own; answers with the address of its owner. */
export async function makeWorld(server, database, scale) {
  const { bootstrapRoles, migrateUp } = loadTypeScript('migrations/index.ts');
  await drop(server, database);
  await once(server, `create database ${database}`);
  const owner = Object.assign(new URL(server), { pathname: `/${database}` }).href;
  await bootstrapRoles(owner, passwords);
  await migrateUp(owner);
  await once(owner, fill(scale));
  await once(owner, 'vacuum analyze');
  return owner;
}

export const drop = (server, database) => once(server, `drop database if exists ${database} with (force)`);

async function once(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
