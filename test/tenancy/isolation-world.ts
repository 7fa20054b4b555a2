import { createHash, randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { parse } from 'yaml';

/** A table with `family_id`, as the catalogue has it. */
export interface FamilyTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly references: readonly Reference[];
  /** What nself_app may do with it, all or some columns. */
  readonly grants: readonly string[];
  readonly updatable: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly generated: boolean;
}

/** A foreign key that names the family: the column beside it, and what it points to. */
export interface Reference {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
}

/** A family that owns one row of every table. */
export interface FilledFamily {
  readonly id: string;
  readonly me: string;
  readonly other: string;
  readonly rows: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

const samples = parse(readFileSync(join(__dirname, 'isolation-samples.yaml'), 'utf8')) as Record<
  string,
  Record<string, unknown>
>;

/** Every table with `family_id`, parents before children. */
export async function familyTables(client: Client): Promise<FamilyTable[]> {
  const { rows } = await client.query<FamilyTable>(catalogue);
  return inOrder(rows);
}

const catalogue = `
  select n.nspname || '.' || c.relname as name,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
              'required', a.attnotnull and not a.atthasdef, 'generated', a.attgenerated <> '') order by a.attnum)
     from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    coalesce((select json_agg(json_build_object(
              'target', tn.nspname || '.' || t.relname,
              'columns', (select json_agg(a.attname order by o) from unnest(k.conkey) with ordinality u(n, o)
                          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
              'targetColumns', (select json_agg(a.attname order by o) from unnest(k.confkey) with ordinality u(n, o)
                          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n)) order by k.conname)
     from pg_constraint k join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
     where k.contype = 'f' and k.conrelid = c.oid and array_length(k.conkey, 1) > 1), '[]') as references,
    (select coalesce(json_agg(verb), '[]') from unnest(array['select', 'insert', 'update', 'delete']) verb
     where case verb when 'delete' then has_table_privilege('nself_app', c.oid, verb)
           else has_any_column_privilege('nself_app', c.oid, verb) end) as grants,
    (select coalesce(json_agg(a.attname), '[]') from pg_attribute a
     where a.attrelid = c.oid and a.attnum > 0 and has_column_privilege('nself_app', c.oid, a.attnum, 'update')
       and a.attname not in ('id', 'family_id') and a.attgenerated = '') as updatable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname in ('public', 'storage', 'ops', 'auth')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'family_id' and not a.attisdropped)
  order by 1`;

const parentsOf = ({ name, references }: FamilyTable): string[] => [
  ...references.map(({ target }) => target),
  ...Object.values(samples[name] ?? {}).flatMap(value => /^\$row:(.*)/.exec(String(value))?.slice(1) ?? []),
];

function inOrder(tables: readonly FamilyTable[]): FamilyTable[] {
  const ordered: FamilyTable[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const free = [...waiting].filter(table =>
      parentsOf(table).every(
        parent => parent === table.name || ![...waiting].some(({ name }) => name === parent),
      ),
    );
    if (free.length === 0)
      throw new Error(`a circle of references: ${[...waiting].map(({ name }) => name).join(', ')}`);
    for (const table of free) {
      ordered.push(table);
      waiting.delete(table);
    }
  }
  return ordered;
}

/**
 * Makes a family with one row in every table, each pointing to the others. Triggers rest meanwhile: a vault may have a
 * release request without having been sealed, as far as walls are concerned.
 */
export async function fillFamily(client: Client, tables: readonly FamilyTable[]): Promise<FilledFamily> {
  const [id, me, other] = [randomUUID(), randomUUID(), randomUUID()].sort() as [string, string, string];
  const rows = new Map<string, Record<string, unknown>>();
  const family: FilledFamily = { id, me, other, rows };
  await client.query(`set session_replication_role = replica`);
  await client.query(`insert into families (id, name, created_by) values ($1, 'A family', $2)`, [id, me]);
  for (const person of [me, other]) {
    await client.query(`insert into auth.users (id, display_name) values ($1, 'Somebody')`, [person]);
  }
  await client.query(
    `insert into family_members (family_id, user_id, role) values ($1, $2, 'ADULT_MEMBER')`,
    [id, other],
  );
  for (const table of tables) rows.set(table.name, await insertRow(client, table, sampleRow(table, family)));
  await client.query('insert into notification_preferences (user_id) values ($1)', [me]);
  await client.query(`insert into push_tokens (user_id, platform, token) values ($1, 'web', $2)`, [
    me,
    randomUUID(),
  ]);
  await client.query(`set session_replication_role = default`);
  return family;
}

async function insertRow(client: Client, { name }: FamilyTable, row: Record<string, unknown>) {
  const { rows } = await client.query<Record<string, unknown>>(insertText(name, row), Object.values(row));
  return rows[0] ?? {};
}

export const insertText = (table: string, row: Record<string, unknown>) =>
  `insert into ${table} (${Object.keys(row).join(', ')})
   values (${Object.keys(row).map((_, index) => `$${index + 1}`)}) returning *`;

/** A row of the table that belongs to the family and points to its rows. */
export function sampleRow(table: FamilyTable, family: FilledFamily): Record<string, unknown> {
  const row: Record<string, unknown> = { id: randomUUID(), family_id: family.id };
  const given = samples[table.name] ?? {};
  for (const [column, value] of Object.entries(given)) row[column] = valueOf(value, family);
  for (const { columns, target, targetColumns } of table.references) {
    for (const [index, column] of columns.entries()) {
      // Nothing here is deleted.
      if (column in row || column === 'deleted_by') continue;
      row[column] = target.endsWith('.family_members')
        ? family.me
        : family.rows.get(target)?.[targetColumns[index]!];
    }
  }
  for (const { name, type, required } of table.columns) {
    if (required && !(name in row)) row[name] = type === 'uuid' ? family.me : plain(type);
  }
  return row;
}

function valueOf(value: unknown, family: FilledFamily): unknown {
  const now = new Date();
  switch (value) {
    case '$me':
      return family.me;
    case '$other':
      return family.other;
    case '$unique':
      return randomUUID();
    case '$number':
      return randomInt(1, 2 ** 31);
    case '$hash':
      return createHash('sha256').update(randomUUID()).digest('hex');
    case '$now':
      return now;
    case '$soon':
      return new Date(now.getTime() + 3_600_000);
    default:
      if (typeof value === 'string' && value.startsWith('$row:'))
        return family.rows.get(value.slice(5))?.['id'];
      return typeof value === 'string' && value.startsWith('\\x')
        ? Buffer.from(value.slice(2), 'hex')
        : value;
  }
}

const plain = (type: string): unknown =>
  ({ text: 'something', integer: 1, bigint: 1, boolean: false, jsonb: '{}', date: '2026-01-01' })[type] ??
  (type.startsWith('timestamp') ? new Date() : 'something');

/** Where a row of the family is found that is not told by `family_id`, or not without a context. */
const elsewhere: Record<string, (family: FilledFamily) => [text: string, value: string]> = {
  'auth.users': ({ me }) => ['select to_jsonb(t) as row from auth.users t where id = $1', me],
  'public.families': ({ id }) => ['select to_jsonb(t) as row from families t where id = $1', id],
  'public.notification_preferences': ({ me }) => [
    'select to_jsonb(t) as row from notification_preferences t where user_id = $1',
    me,
  ],
  'public.push_tokens': ({ me }) => ['select to_jsonb(t) as row from push_tokens t where user_id = $1', me],
  'public.audit_trail': ({ id }) => [
    `select to_jsonb(t) - 'hash' - 'previous_hash' as row from ops.audit_events t where family_id = $1`,
    id,
  ],
  'public.my_families': ({ id }) => [
    `select jsonb_build_object('family_id', id, 'name', name) as row from families where id = $1`,
    id,
  ],
};

/** A row of the table or view that belongs to the family, as JSON; undefined where there is none. */
export async function rowOf(
  client: Client,
  { schema, name }: { schema: string; name: string },
  family: FilledFamily,
): Promise<Record<string, unknown> | undefined> {
  const [text, value] = elsewhere[`${schema}.${name}`]?.(family) ?? [
    `select to_jsonb(t) as row from ${schema}.${name} t where to_jsonb(t) ->> 'family_id' = $1 limit 1`,
    family.id,
  ];
  const { rows } = await client.query<{ row: Record<string, unknown> }>(text, [value]);
  return rows[0]?.row;
}
