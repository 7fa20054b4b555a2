import type { Client } from 'pg';
import type { FamilyTable, FilledFamily } from '../isolation-world';

/** In every text of the neighbours, and nowhere else. */
export const THEIRS = 'Zq7theirs';

const words = { ours: 'Kw4ours', theirs: THEIRS } as const;
export type Whose = keyof typeof words;

/**
 * Writes a telling value into every column that takes one: texts, JSON and whole numbers. Columns with rules of their
 * own (states, kinds, keys of other tables) keep what they have.
 */
export async function plantMarkers(
  client: Client,
  tables: readonly FamilyTable[],
  family: FilledFamily,
  whose: Whose,
): Promise<void> {
  const bound = await boundColumns(client);
  await client.query('begin; set local session_replication_role = replica');
  for (const { name, columns } of tables) {
    for (const column of columns) {
      const value =
        column.generated || bound.has(`${name}.${column.name}`) ? undefined : markerFor(column, whose);
      if (value)
        await plant(client, `update ${name} set ${column.name} = ${value} where family_id = $1`, family.id);
    }
  }
  const text = `'${words[whose]} '`;
  await plant(client, `update families set name = ${text} || name where id = $1`, family.id);
  await plant(client, `update auth.users set display_name = ${text} || id where id = $1`, family.me);
  await plant(client, `update auth.users set display_name = ${text} || id where id = $1`, family.other);
  await client.query('commit');
}

function markerFor({ name, type }: FamilyTable['columns'][number], whose: Whose): string | undefined {
  const word = words[whose];
  switch (type) {
    case 'text':
    case 'character varying':
    case 'citext':
      return `'${word} ${name}'`;
    case 'jsonb':
      return `'{"${word}": "${word} ${name}"}'`;
    case 'text[]':
      return `array['${word} ${name}']`;
    case 'integer':
    case 'bigint':
    case 'numeric':
      return whose === 'theirs' ? `${name} + 7007` : undefined;
    default:
      return undefined;
  }
}

/** One column may refuse: its table's checks know better. Nothing else of the transaction is lost. */
async function plant(client: Client, text: string, id: string): Promise<void> {
  await client.query('savepoint before');
  try {
    await client.query(text, [id]);
  } catch (error) {
    if (!/^(23|22)/.test((error as { code?: string }).code ?? '')) throw error;
    await client.query('rollback to savepoint before');
  }
}

/** Columns that point to other tables. */
async function boundColumns(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as name
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
     where k.contype = 'f'`,
  );
  return new Set(rows.map(({ name }) => name));
}
