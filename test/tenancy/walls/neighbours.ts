import { bootstrapRoles } from '../../../migrations';
import { contextStatement } from '@nself/tenancy';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../support';
import { familyTables, fillFamily, type FamilyTable, type FilledFamily } from '../isolation-world';
import { plantMarkers } from './markers';
import { watch, type Belonging } from './watch';

/** A row as JSON writes it, by SQL names. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** A family that owns a row of every table, and all that it sees of itself, by `schema.table`. */
export interface Household extends FilledFamily {
  readonly seen: ReadonlyMap<string, readonly JsonRow[]>;
}

/** One database: what services and what the superuser connect to. */
export interface World {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/**
 * Two families in one database, and the same database again in which the second family never was. What we are
 * answered in the one must be what we are answered in the other, to the byte: then no value, order, count, error or
 * conflict has told us anything about the neighbours.
 */
export interface Neighbourhood {
  readonly us: Household;
  readonly them: Household;
  readonly tables: readonly FamilyTable[];
  readonly together: World;
  readonly alone: World;
  /** Both databases again, changed by SQL. */
  copy(change: string): Promise<Pair>;
  drop(): Promise<void>;
}

/** With and without the neighbours. */
export interface Pair {
  readonly together: World;
  readonly alone: World;
}

/** Tables that belong to a person, whatever the family. */
const personal = ['public.push_tokens', 'public.notification_preferences'] as const;

/** Every row level security policy switched off. */
export const wallsOff = `
  do $$ declare r regclass; begin
    for r in select oid::regclass from pg_class where relrowsecurity loop
      execute format('alter table %s no force row level security, disable row level security', r);
    end loop;
  end $$`;

/** What is theirs, table by table. */
const belongings = (tables: readonly FamilyTable[], { id, me }: FilledFamily): Belonging[] => [
  ...tables.map(({ name }) => ({ table: name, column: 'family_id', value: id })),
  { table: 'public.families', column: 'id', value: id },
  { table: 'auth.users', column: 'id', value: me },
  ...personal.map(table => ({ table, column: 'user_id', value: me })),
];

export async function neighbourhood(): Promise<Neighbourhood> {
  const together = await testDatabase();
  const filled = await as(together.ownerUrl, fill);
  const copies: string[] = [];
  const copy = async (of: World, change: string): Promise<World> => {
    const made = await copyOf(of, together);
    copies.push(made.ownerUrl);
    await as(made.ownerUrl, client => client.query(change));
    return made;
  };
  const alone = await copy(together, withoutFamily(filled.tables, filled.them));
  return {
    ...filled,
    together,
    alone,
    copy: async change => ({ together: await copy(together, change), alone: await copy(alone, change) }),
    drop: async () => {
      for (const url of copies) await dropDatabase(url, together);
      await together.drop();
    },
  };
}

/** Two families with a row in every table, in the one database. */
export async function fill(client: Client): Promise<Pick<Neighbourhood, 'us' | 'them' | 'tables'>> {
  const tables = await familyTables(client);
  const us = await fillFamily(client, tables);
  const them = await fillFamily(client, tables);
  await plantMarkers(client, tables, us, 'ours');
  await plantMarkers(client, tables, them, 'theirs');
  await watch(client, belongings(tables, them));
  return { tables, us: await household(client, tables, us), them: await household(client, tables, them) };
}

async function household(
  client: Client,
  tables: readonly FamilyTable[],
  family: FilledFamily,
): Promise<Household> {
  const seen = new Map<string, readonly JsonRow[]>();
  for (const { name } of tables) seen.set(name, await rowsOf(client, name, 'family_id = $1', family.id));
  seen.set('public.families', await rowsOf(client, 'public.families', 'id = $1', family.id));
  seen.set('auth.users', await rowsOf(client, 'auth.users', 'id = $1', family.me));
  for (const table of personal) seen.set(table, await rowsOf(client, table, 'user_id = $1', family.me));
  for (const view of await viewsOf(client)) seen.set(view, await lookAs(client, family, view));
  return { ...family, seen };
}

async function rowsOf(client: Client, table: string, where: string, value: unknown): Promise<JsonRow[]> {
  const text = `select to_jsonb(t) as row from ${table} t where ${where} order by t::text`;
  const { rows } = await client.query<{ row: JsonRow }>(text, [value]);
  return rows.map(({ row }) => row);
}

async function viewsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('v', 'm') and n.nspname in ('public', 'storage', 'auth')
       and has_table_privilege('nself_app', c.oid, 'select')`,
  );
  return rows.map(({ name }) => name);
}

/** What the family itself sees in a view. */
async function lookAs(client: Client, family: FilledFamily, view: string): Promise<JsonRow[]> {
  const session = {
    'x-hasura-user-id': family.me,
    'x-hasura-family-id': family.id,
    'x-hasura-role': 'owner',
  };
  const who = { familyId: family.id, userId: family.me, role: 'owner', traceId: 'walls', session };
  const { text, values } = contextStatement(who);
  await client.query('begin; set local role nself_app');
  try {
    await client.query(text, [...values]);
    return await rowsOf(client, view, '$1::text is not null', '');
  } finally {
    await client.query('rollback');
  }
}

const withoutFamily = (tables: readonly FamilyTable[], { id, me, other }: FilledFamily): string =>
  [
    'set session_replication_role = replica',
    ...tables.map(({ name }) => `delete from ${name} where family_id = '${id}'`),
    ...personal.map(table => `delete from ${table} where user_id = '${me}'`),
    `delete from families where id = '${id}'`,
    `delete from auth.users where id in ('${me}', '${other}')`,
    'set session_replication_role = default',
  ].join(';\n');

async function copyOf(of: World, { appUrl, authUrl, adminUrl }: TestDatabase): Promise<World> {
  const name = `nself_test_${randomBytes(6).toString('hex')}`;
  await as(at(of.ownerUrl, 'postgres'), server =>
    server.query(`create database ${name} template ${new URL(of.ownerUrl).pathname.slice(1)}`),
  );
  const password = (url: string) => new URL(url).password;
  await bootstrapRoles(at(of.ownerUrl, name), {
    app: password(appUrl),
    auth: password(authUrl),
    admin: password(adminUrl),
  });
  return { ownerUrl: at(of.ownerUrl, name), appUrl: at(of.appUrl, name) };
}

async function dropDatabase(url: string, { ownerUrl }: World): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await as(at(ownerUrl, 'postgres'), server => server.query(`drop database ${name} with (force)`));
}

function at(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

/** Connects, works, and leaves: a database can only be copied while nobody is in it. */
export async function as<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
