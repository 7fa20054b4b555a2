import type { Client } from 'pg';

/** SQL that changes something, and SQL that makes it whole again. */
export interface Change {
  readonly harm: string;
  readonly mend: string;
}

/** A wall that is damaged on purpose. */
export interface Damage extends Change {
  /** The wall, as a failing test has to name it. */
  readonly wall: string;
  /** `schema.table`. */
  readonly table: string;
}

/** The table's own rules opened for everybody, so that its wall stands alone: permissive policies widen each other. */
export const rulesOpened = ({ table }: Damage): Change => ({
  harm: `create policy walls_open on ${table} to nself_app using (true) with check (true)`,
  mend: `drop policy walls_open on ${table}`,
});

/** The wall of each table taken down. */
export async function droppedWalls(client: Client): Promise<Damage[]> {
  return (await tenantWalls(client)).map(({ table, definition }) => ({
    wall: `policy tenant_wall of ${table}, dropped`,
    table,
    harm: `drop policy tenant_wall on ${table}`,
    mend: `create policy tenant_wall on ${table} as restrictive for all ${definition}`,
  }));
}

/** The wall of each table with a gate for everybody. */
export async function widenedWalls(client: Client): Promise<Damage[]> {
  return (await tenantWalls(client)).map(({ table, definition }) => ({
    wall: `policy tenant_wall of ${table}, widened`,
    table,
    harm: `alter policy tenant_wall on ${table} using (true) with check (true)`,
    mend: `alter policy tenant_wall on ${table} ${definition}`,
  }));
}

async function tenantWalls(client: Client): Promise<{ table: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; definition: string }>(
    `select n.nspname || '.' || c.relname as table,
            format('using (%s) with check (%s)',
                   pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)) as definition
     from   pg_policy p
     join   pg_class c on c.oid = p.polrelid
     join   pg_namespace n on n.oid = c.relnamespace
     where  p.polname = 'tenant_wall'
     order  by 1`,
  );
  return rows;
}

/** A foreign key between tables of a family. */
export interface NarrowedKey extends Damage {
  /** The column that points, without the family. */
  readonly column: string;
  readonly target: string;
}

/** Each key that names the family and the id of a row, made to name the id alone. */
export async function narrowedKeys(client: Client): Promise<NarrowedKey[]> {
  const { rows } = await client.query<Record<'name' | 'table' | 'column' | 'target' | 'definition', string>>(
    `select k.conname as name, n.nspname || '.' || c.relname as table, a.attname as column,
            tn.nspname || '.' || t.relname as target, pg_get_constraintdef(k.oid) as definition
     from   pg_constraint k
     join   pg_class c on c.oid = k.conrelid
     join   pg_namespace n on n.oid = c.relnamespace
     join   pg_class t on t.oid = k.confrelid
     join   pg_namespace tn on tn.oid = t.relnamespace
     join   pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey) and a.attname <> 'family_id'
     join   pg_attribute id on id.attrelid = t.oid and id.attnum = any (k.confkey) and id.attname = 'id'
     where  k.contype = 'f' and array_length(k.conkey, 1) = 2
     order  by 2, 1`,
  );
  return rows.map(({ name, table, column, target, definition }) => ({
    wall: `foreign key ${name} of ${table}, without the family`,
    table,
    column,
    target,
    harm: `alter table ${table} drop constraint ${name}, add constraint ${name} foreign key (${column}) references ${target} (id)`,
    mend: `alter table ${table} drop constraint ${name}, add constraint ${name} ${definition}`,
  }));
}

/** Works while a wall is damaged. */
export async function whileDamaged<T>(client: Client, damage: Change, work: () => Promise<T>): Promise<T> {
  await client.query(damage.harm);
  try {
    return await work();
  } finally {
    await client.query(damage.mend);
  }
}

/** So many of them, spread evenly, always the same ones. */
export function spread<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
