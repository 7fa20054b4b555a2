import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HASURA_ROLES } from '@nself/identity';
import type { Metadata } from '@nself/hasura-metadata';
import type { Client } from 'pg';
import { parse } from 'yaml';

export type Table = Metadata['sources'][number]['tables'][number];

/** Those whom each table decides on; what `me` may, which is oneself across families, is one short list. */
export const roles = HASURA_ROLES.filter(role => role !== 'me');
export const verbs = ['select', 'insert', 'update', 'delete'] as const;
type Verb = (typeof verbs)[number];

interface Decisions {
  /** Tables that GraphQL does not show, each with the reason. */
  untracked: Record<string, string>;
  me: Record<string, Verb[]>;
  tables: Record<string, Partial<Record<Verb, 'nobody' | string[]>> & { hidden?: string[] }>;
}

/** What was decided not to be: everything else is in the metadata. */
const decisions = parse(readFileSync(join(__dirname, 'decisions.yaml'), 'utf8')) as Decisions;

export const nameOf = ({ table: { schema, name } }: Table): string => `${schema}.${name}`;

/** What stands on one side only. */
const difference = (these: readonly string[], those: readonly string[]): string[] => [
  ...these.filter(one => !those.includes(one)),
  ...those.filter(one => !these.includes(one)),
];

/** Tables and views of the families on which nothing was decided, and decisions on none that exists. */
export async function undecidedTables(client: Client, tables: readonly Table[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'storage') and c.relkind in ('r', 'v', 'm', 'p')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`);
  const tracked = tables.map(nameOf).filter(name => !name.startsWith('auth.'));
  return difference(
    rows.map(({ name }) => name),
    [...tracked, ...Object.keys(decisions.untracked)],
  );
}

/** Columns that nobody reads and that nobody has hidden on purpose, and hidden ones that do not exist. */
export async function undecidedColumns(client: Client, tables: readonly Table[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select n.nspname || '.' || c.relname as name, array_agg(a.attname::text) as columns
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attnum > 0 and not a.attisdropped and n.nspname in ('public', 'storage', 'auth') group by 1`);
  const there = new Map(rows.map(row => [row.name, row.columns]));
  return tables.flatMap(table => {
    const name = nameOf(table);
    const shown = (table.select_permissions ?? []).flatMap(({ permission }) => permission.columns);
    const decided = [...shown, ...(decisions.tables[name]?.hidden ?? [])];
    return difference(there.get(name) ?? [], decided).map(column => `${name}.${column}`);
  });
}

/** What `me` is granted and nobody has written down, and what is written down and not granted. */
export function undecidedForMe(tables: readonly Table[]): string[] {
  const granted = tables.flatMap(table =>
    verbs
      .filter(verb => table[`${verb}_permissions`]?.some(({ role }) => role === 'me'))
      .map(verb => `${verb} ${nameOf(table)}`),
  );
  const written = Object.entries(decisions.me).flatMap(([name, may]) => may.map(verb => `${verb} ${name}`));
  return difference(granted, written);
}

/** Roles for which a verb is neither granted nor refused in writing, or both. */
export function undecidedRoles(table: Table): string[] {
  return verbs.flatMap(verb => {
    const granted = (table[`${verb}_permissions`] ?? [])
      .map(({ role }) => role)
      .filter(role => role !== 'me');
    const written = decisions.tables[nameOf(table)]?.[verb] ?? [];
    const refused: readonly string[] = written === 'nobody' ? roles : written;
    const both = granted.filter(role => refused.includes(role));
    return [...difference([...granted, ...refused], roles), ...both].map(role => `${verb} for ${role}`);
  });
}
