import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';

/** What a family has at one moment: a digest of its rows by table, and its objects. */
export type Standing = Readonly<Record<string, string>>;

/** Whose rows count: those of the family, and those that belong to its people across families. */
export interface Whose {
  readonly family: string;
  readonly people: readonly string[];
}

/** Looks at a family again and again, to see that nothing of it was touched. */
export class Watch {
  private constructor(
    private readonly db: Client,
    private readonly objects: string,
    private readonly whose: Whose,
    private readonly statement: string,
  ) {}

  /** Every table that says by a column whose a row is; a new one is watched without being named here. */
  static async over(db: Client, objects: string, whose: Whose): Promise<Watch> {
    const { rows } = await db.query<{ name: string; column: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name, a.attname as column
       from   pg_class c
       join   pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'auth', 'ops', 'storage')
       join   pg_attribute a on a.attrelid = c.oid and not a.attisdropped
       where  c.relkind = 'r' and a.atttypid = 'uuid'::regtype
       and   (a.attname in ('family_id', 'user_id') or (c.relname, a.attname) in (('users', 'id'), ('families', 'id')))
       order  by 1, 2`,
    );
    const parts = rows.map(
      ({ name, column }) =>
        `select '${name} by ${column}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest
         from ${name} t where ${column} = any($1::uuid[])`,
    );
    return new Watch(db, objects, whose, parts.join(' union all '));
  }

  async standing(): Promise<Standing> {
    const { family, people } = this.whose;
    const { rows } = await this.db.query<{ name: string; digest: string }>(this.statement, [
      [family, ...people],
    ]);
    const digests = rows.map(({ name, digest }): [string, string] => [name, digest]);
    return { ...Object.fromEntries(digests), objects: this.objectsOfFamily().join() };
  }

  /** Waits until what was begun has been done: mails sent, pictures made. */
  async stillness(): Promise<Standing> {
    const deadline = Date.now() + 240_000;
    for (let before = await this.standing(); ;) {
      await new Promise(resolve => setTimeout(resolve, 1_500));
      const now = await this.standing();
      const changed = differences(before, now);
      const open = await this.openJobs();
      if (changed.length === 0 && open.length === 0) return now;
      if (Date.now() > deadline) throw new Error(`never still: ${[...changed, ...open].join()}`);
      before = now;
    }
  }

  /** Work for the family that is not done, or will be tried again. */
  private async openJobs(): Promise<string[]> {
    const { rows } = await this.db.query<{ name: string; reason: string | null }>(
      `select name, last_error as reason from ops.jobs
        where family_id = $1 and state in ('due', 'claimed') and run_at < now() + interval '10 minutes'`,
      [this.whose.family],
    );
    return rows.map(({ name, reason }) => `${name} (${reason ?? 'not begun'})`);
  }

  private objectsOfFamily(): string[] {
    const folder = join(this.objects, this.whose.family);
    if (!existsSync(folder)) return [];
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  }
}

/** The tables that are not as they were. */
export const differences = (before: Standing, after: Standing): string[] =>
  Object.keys(before).filter(name => before[name] !== after[name]);
