import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metadata } from '@nself/hasura-metadata';
import { Client } from 'pg';
import { parse } from 'yaml';
import { familyless } from '../../migrations';
import { testDatabase, type TestDatabase } from '../support';
import { declared, modelOf } from './served';

const roles = ['owner', 'admin_member', 'adult', 'youth', 'child', 'device', 'user', 'anonymous'] as const;
const verbs = ['select', 'insert', 'update', 'delete'] as const;
type Verb = (typeof verbs)[number];
type Table = Metadata['sources'][number]['tables'][number];

interface Decisions {
  /** Tables that GraphQL does not show, each with the reason. */
  untracked: Record<string, string>;
  tables: Record<string, Partial<Record<Verb, 'nobody' | string[]>> & { hidden?: string[] }>;
}

/** What was decided not to be: everything else is in the metadata. */
const decisions = parse(readFileSync(join(__dirname, 'decisions.yaml'), 'utf8')) as Decisions;

describe('the declared API', () => {
  let database: TestDatabase;
  let client: Client;
  const tables = declared().sources[0]!.tables;
  const nameOf = ({ table: { schema, name } }: Table) => `${schema}.${name}`;

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
    const { inconsistencies } = await modelOf(client, declared());
    expect(inconsistencies.map(({ reason }) => reason)).toEqual([]);
  });

  it('decides on every table and view of the families', async () => {
    const { rows } = await client.query<{ name: string }>(`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'storage') and c.relkind in ('r', 'v', 'm', 'p')
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`);
    const decided = [
      ...tables.map(nameOf).filter(name => !name.startsWith('auth.')),
      ...Object.keys(decisions.untracked),
    ];
    expect(rows.map(row => row.name).sort()).toEqual(decided.sort());
  });

  it.each(tables.map(table => [nameOf(table), table] as const))(
    'decides on every role for %s',
    (name, table) => {
      for (const verb of verbs) {
        const granted = (table[`${verb}_permissions`] ?? []).map(({ role }) => role);
        const written = decisions.tables[name]?.[verb] ?? [];
        const refused = written === 'nobody' ? [...roles] : written;
        const decided = [...granted.filter(role => role !== 'me'), ...refused].sort();
        expect({ verb, decided }).toEqual({ verb, decided: [...roles].sort() });
      }
    },
  );

  it('decides on every column: somebody reads it, or it is hidden on purpose', async () => {
    const { rows } = await client.query<{ name: string; columns: string[] }>(`
      select a.attrelid::regclass::oid::text, n.nspname || '.' || c.relname as name, array_agg(a.attname::text) as columns
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attnum > 0 and not a.attisdropped and n.nspname in ('public', 'storage', 'auth') group by 1, 2`);
    const columns = new Map(rows.map(row => [row.name, row.columns]));
    for (const table of tables) {
      const name = nameOf(table);
      const shown = (table.select_permissions ?? []).flatMap(({ permission }) => permission.columns);
      const hidden = decisions.tables[name]?.hidden ?? [];
      const decided = [...new Set(shown.filter(column => typeof column === 'string')), ...hidden];
      expect({ name, columns: decided.sort() }).toEqual({ name, columns: columns.get(name)?.sort() });
    }
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
