// The data of the GraphQL benches: 200 families, a million rows, every family's rows spread over the disk, and the
// wall of row level security around each table.
import pg from 'pg';

export const FAMILIES = 200;
export const ROLE = 'bench_app';
export const PASSWORD = 'bench';

const SCHEMA = `
  create schema app;
  create schema hdb_catalog authorization ${ROLE};
  grant usage on schema app to ${ROLE};
  create function app.family_id() returns uuid language sql stable parallel safe
    return nullif(current_setting('app.family_id', true), '')::uuid;

  create table families (id uuid primary key, name text not null);
  create table members  (id uuid primary key, family_id uuid not null, name text not null, email text not null);
  create table albums   (id uuid primary key, family_id uuid not null, title text not null);
  create table photos   (id uuid primary key, family_id uuid not null references families, album_id uuid not null references albums,
                         uploader_id uuid not null references members, title text not null, width int not null,
                         height int not null, taken_at timestamptz not null);
  create table comments (id uuid primary key default gen_random_uuid(), family_id uuid not null references families, photo_id uuid not null references photos,
                         author_id uuid not null references members, body text not null, created_at timestamptz not null);`;

const uuid = (kind, n) => `('${kind}0000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** `scale` 1 is a million rows. */
const fill = scale => `
  insert into families select ${uuid(1, 'g')}, 'Family ' || g from generate_series(0, ${FAMILIES - 1}) g;
  insert into members  select ${uuid(2, 'g')}, ${uuid(1, `g % ${FAMILIES}`)}, 'Member ' || g, 'm' || g || '@example.org' from generate_series(0, 9999) g;
  insert into albums   select ${uuid(3, 'g')}, ${uuid(1, `g % ${FAMILIES}`)}, 'Album ' || g from generate_series(0, 3999) g;
  insert into photos   select ${uuid(4, 'g')}, ${uuid(1, `g % ${FAMILIES}`)}, ${uuid(3, `g % 4000`)}, ${uuid(2, `g % 10000`)},
                              'Photo ' || g, 4000, 3000, timestamptz '2020-01-01' + g * interval '7 minutes'
                         from generate_series(0, ${200_000 * scale - 1}) g;
  insert into comments select ${uuid(5, 'g')}, ${uuid(1, `g % ${FAMILIES}`)}, ${uuid(4, `g % ${200_000 * scale}`)}, ${uuid(2, `g % 10000`)},
                              'Comment ' || g || ' on a picture of the family, somewhat longer than a word or two', timestamptz '2020-01-01' + g * interval '3 minutes'
                         from generate_series(0, ${786_000 * scale - 1}) g;`;

const INDEXES = `
  create index on photos (family_id, taken_at desc);
  create index on photos (album_id);
  create index on photos (uploader_id);
  create index on comments (family_id, created_at desc);
  create index on comments (photo_id, created_at desc);
  create index on comments (author_id);
  create index on members (family_id);
  create index on albums (family_id);`;

const wall = table => `
  alter table ${table} enable row level security;
  create policy wall on ${table} using (${table === 'families' ? 'id' : 'family_id'} = (select app.family_id()));
  grant select, insert, update, delete on ${table} to ${ROLE};`;

/** Makes the database afresh; gives its address for the owner and for the role that the wall binds. */
export async function makeWorld(server, name, scale = 1) {
  if (process.env.BENCH_KEEP && (await isThere(server, name))) return worldOf(server, name);
  await once(server, `drop database if exists ${name} with (force)`);
  await once(server, `create database ${name}`);
  await once(
    server,
    `do $$ begin create role ${ROLE} login password '${PASSWORD}'; exception when duplicate_object then end $$`,
  );
  const { owner } = worldOf(server, name);
  const walls = ['families', 'members', 'albums', 'photos', 'comments'].map(wall).join('\n');
  await once(owner, `${SCHEMA}\n${fill(scale)}\n${INDEXES}\n${walls}`);
  await once(owner, 'vacuum analyze');
  return worldOf(server, name);
}

function worldOf(server, name) {
  const owner = new URL(server);
  owner.pathname = `/${name}`;
  const app = new URL(owner);
  [app.username, app.password] = [ROLE, PASSWORD];
  const drop = () =>
    process.env.BENCH_KEEP ? undefined : once(server, `drop database if exists ${name} with (force)`);
  return { owner: owner.href, app: app.href, drop };
}

async function isThere(server, name) {
  return (await once(server, `select from pg_database where datname = '${name}'`)).rowCount > 0;
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

export const id = (kind, n) => `${kind}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const TABLES = ['families', 'members', 'albums', 'photos', 'comments'];
const table = name => ({ schema: 'public', name });
const object = (from, name, column) => ({
  type: 'pg_create_object_relationship',
  args: { source: 'default', table: table(from), name, using: { foreign_key_constraint_on: column } },
});
const array = (from, name, to, column) => ({
  type: 'pg_create_array_relationship',
  args: {
    source: 'default',
    table: table(from),
    name,
    using: { foreign_key_constraint_on: { table: table(to), column } },
  },
});

/** What the engine is told: tables, relations, and a role whose permission names the family, as the house does. */
export const METADATA = {
  type: 'bulk',
  args: [
    ...TABLES.map(name => ({ type: 'pg_track_table', args: { source: 'default', table: table(name) } })),
    object('photos', 'uploader', 'uploader_id'),
    object('comments', 'author', 'author_id'),
    array('photos', 'comments', 'comments', 'photo_id'),
    ...TABLES.map(name => ({
      type: 'pg_create_select_permission',
      args: {
        source: 'default',
        table: table(name),
        role: 'adult',
        permission: {
          columns: '*',
          filter: { [name === 'families' ? 'id' : 'family_id']: { _eq: 'X-Hasura-Family-Id' } },
        },
      },
    })),
    {
      type: 'pg_create_insert_permission',
      args: {
        source: 'default',
        table: table('comments'),
        role: 'adult',
        permission: { columns: '*', check: { family_id: { _eq: 'X-Hasura-Family-Id' } } },
      },
    },
  ],
};

const COMMENT = 'id body created_at author { id name }';

export const REQUESTS = {
  pk: {
    query:
      'query Pk($id: uuid!) { photos_by_pk(id: $id) { id album_id uploader_id title width height taken_at } }',
    variables: n => ({ id: id(4, (n * FAMILIES) % 200_000) }),
  },
  list: {
    query: `query List { photos(order_by: {taken_at: desc}, limit: 20) { id title taken_at uploader { id name } comments(order_by: {created_at: desc}, limit: 5) { ${COMMENT} } } }`,
    variables: () => undefined,
  },
  l1000: {
    query:
      'query L { comments(order_by: {created_at: desc}, limit: 1000) { id photo_id author_id body created_at } }',
    variables: () => undefined,
  },
  insert: {
    query:
      'mutation Insert($object: comments_insert_input!) { insert_comments_one(object: $object) { id photo_id author_id body created_at } }',
    variables: n => ({
      object: {
        family_id: id(1, 0),
        photo_id: id(4, (n * FAMILIES) % 200_000),
        author_id: id(2, 0),
        body: 'A comment',
        created_at: '2019-01-01T00:00:00Z',
      },
    }),
  },
};
