import type { Metadata } from '@nself/hasura-metadata';
import { Client } from 'pg';
import { familyless } from '../../migrations';
import { testDatabase, type TestDatabase } from '../support';
import {
  nameOf,
  type Table,
  undecidedColumns,
  undecidedForMe,
  undecidedRoles,
  undecidedTables,
  verbs,
} from './decided';
import { declared, modelOf } from './served';

describe('the declared API', () => {
  let database: TestDatabase;
  let client: Client;
  const tables = declared().sources[0]!.tables;
  const inconsistencies = async (metadata: Metadata) =>
    (await modelOf(client, metadata)).inconsistencies.map(({ reason }) => reason);

  beforeAll(async () => {
    database = await testDatabase();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('names nothing that does not exist', async () => {
    expect(await inconsistencies(declared())).toEqual([]);
  });

  it('would notice a table, a column, a relationship or a function that does not exist', async () => {
    const ghosts = { schema: 'public', name: 'ghosts' };
    const permission = { columns: ['ghost'], filter: { ghost: { _eq: 1 } } };
    const damaged: Metadata[] = [
      withSource(({ tables }) => ({ tables: [...tables, { table: ghosts }] })),
      withSource(({ functions = [] }) => ({ functions: [...functions, { function: ghosts }] })),
      withPosts(() => ({
        select_permissions: [{ role: 'owner', permission: { ...permission, filter: {} } }],
      })),
      withPosts(() => ({
        select_permissions: [{ role: 'owner', permission: { ...permission, columns: [] } }],
      })),
      withPosts(({ array_relationships = [] }) => ({
        array_relationships: [
          ...array_relationships,
          { name: 'ghosts', using: { foreign_key_constraint_on: { table: ghosts, column: 'id' } } },
        ],
      })),
    ];
    for (const metadata of damaged) expect(await inconsistencies(metadata)).not.toEqual([]);
  });

  it('decides on every table, view and column of the families: it is shown, or hidden on purpose', async () => {
    expect(await undecidedTables(client, tables)).toEqual([]);
    expect(await undecidedColumns(client, tables)).toEqual([]);
  });

  it('would notice a table or a column on which nobody has decided', async () => {
    await client.query(
      'begin; create table undecided (id uuid); alter table posts add column undecided text',
    );
    expect(await undecidedTables(client, tables)).toEqual(['public.undecided']);
    expect(await undecidedColumns(client, tables)).toEqual(['public.posts.undecided']);
    await client.query('rollback');
  });

  it.each(tables.map(table => [nameOf(table), table] as const))(
    'decides on every role for %s',
    (_name, table) => {
      expect(undecidedRoles(table)).toEqual([]);
    },
  );

  it('grants to oneself across families what is written down, and would notice anything else', () => {
    expect(undecidedForMe(tables)).toEqual([]);
    const posts = tables.find(table => nameOf(table) === 'public.posts')!;
    const select_permissions = posts.select_permissions!.map(each => ({ ...each, role: 'me' }));
    expect(undecidedForMe([...tables, { ...posts, select_permissions }])).toContain('select public.posts');
  });

  it('would notice a role on which nobody has decided', () => {
    const posts = tables.find(table => nameOf(table) === 'public.posts')!;
    const delete_permissions = posts.delete_permissions!.filter(({ role }) => role !== 'youth');
    expect(undecidedRoles({ ...posts, delete_permissions })).toEqual(['delete for youth']);
  });

  it('leads both ways along every key between two of its tables', async () => {
    const { rows } = await client.query<Key>(foreignKeys);
    const names = new Map(tables.map(table => [nameOf(table), table]));
    const inside = rows.filter(({ from, to }) => names.has(from) && names.has(to));
    expect(inside.length).toBeGreaterThan(200);
    const oneWay = inside.filter(key => {
      const [from, to] = [names.get(key.from)!, names.get(key.to)!];
      return !(leadsThere(from, key) && leadsBack(to, key));
    });
    expect(oneWay).toEqual([]);
  });

  it('walls every family table by the family in every permission, besides the wall of the database', () => {
    const open: string[] = [];
    for (const table of tables) {
      const name = nameOf(table);
      const wall = name === 'public.families' ? 'id' : 'family_id';
      if ((name in familyless && wall !== 'id') || name === 'public.my_families') continue;
      for (const { verb, role, permission } of permissionsOf(table)) {
        const filters = [permission['filter'], permission['check']].filter(
          filter => filter !== undefined && filter !== null,
        );
        if (!filters.every(filter => isWalled(filter, wall))) open.push(`${name}: ${verb} for ${role}`);
      }
    }
    expect(open).toEqual([]);
  });

  it('presets the family of every row that a client inserts', () => {
    const open = tables.flatMap(table =>
      (table.insert_permissions ?? [])
        .filter(({ permission }) => permission.set?.['family_id'] !== 'X-Hasura-Family-Id')
        .map(({ role }) => `${nameOf(table)}: ${role}`),
    );
    expect(open.filter(line => !/^public\.(push_tokens|notification_preferences):/.test(line))).toEqual([]);
  });

  it('presets the author of every row that has one: nobody signs for somebody else', () => {
    const authors = [
      'author_id',
      'created_by',
      'uploaded_by',
      'owner_id',
      'sender_id',
      'requested_by',
      'granted_by',
    ];
    // There it is the one who is hidden, not the one who writes.
    const signed = tables.filter(table => nameOf(table) !== 'public.visibility_overrides');
    const open = signed.flatMap(table =>
      (table.insert_permissions ?? [])
        .filter(({ permission: { columns = [] } }) => authors.some(author => columns.includes(author)))
        .map(({ role }) => `${nameOf(table)}: ${role}`),
    );
    expect(open).toEqual([]);
  });
});

interface Key {
  from: string;
  columns: string[];
  to: string;
}

const foreignKeys = `
  select fn.nspname || '.' || f.relname as "from", tn.nspname || '.' || t.relname as "to",
         (select json_agg(a.attname order by o) from unnest(k.conkey) with ordinality u(n, o)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n) as columns
  from   pg_constraint k
  join   pg_class f on f.oid = k.conrelid  join pg_namespace fn on fn.oid = f.relnamespace
  join   pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
  where  k.contype = 'f'`;

/** How a relationship says which key it follows: columns of its own table, or a table with its columns. */
interface Using {
  foreign_key_constraint_on?:
    string | string[] | { table: Table['table']; column?: string; columns?: string[] };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const leadsThere = ({ object_relationships = [] }: Table, { columns }: Key) =>
  object_relationships.some(({ using }) => {
    const on = (using as Using).foreign_key_constraint_on;
    return same(typeof on === 'string' ? [on] : on, columns);
  });

const leadsBack = ({ object_relationships = [], array_relationships = [] }: Table, { from, columns }: Key) =>
  [...object_relationships, ...array_relationships].some(({ using }) => {
    const on = (using as Using).foreign_key_constraint_on;
    if (typeof on !== 'object' || Array.isArray(on)) return false;
    return `${on.table.schema}.${on.table.name}` === from && same(on.columns ?? [on.column], columns);
  });

type Source = Metadata['sources'][number];

/** The declared API with something else in its source. */
function withSource(change: (source: Source) => Partial<Source>): Metadata {
  const metadata = declared();
  return { ...metadata, sources: metadata.sources.map(source => ({ ...source, ...change(source) })) };
}

const withPosts = (change: (posts: Table) => Partial<Table>): Metadata =>
  withSource(({ tables }) => ({
    tables: tables.map(table => (nameOf(table) === 'public.posts' ? { ...table, ...change(table) } : table)),
  }));

function permissionsOf(table: Table) {
  return verbs.flatMap(verb =>
    (table[`${verb}_permissions`] ?? []).map(({ role, permission }) => ({
      verb,
      role,
      permission: permission as Record<string, unknown>,
    })),
  );
}

/** The family is named at the top of the filter, or in one of the conditions that all have to hold. */
function isWalled(filter: unknown, column: string): boolean {
  const { _and: all = [], [column]: wall } = filter as { _and?: unknown[] } & Record<string, unknown>;
  return (
    JSON.stringify(wall) === JSON.stringify({ _eq: 'X-Hasura-Family-Id' }) ||
    all.some(part => isWalled(part, column))
  );
}
