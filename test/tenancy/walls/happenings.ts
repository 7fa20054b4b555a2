import { Client } from 'pg';
import type { JsonRow } from './neighbours';

/** What happens to a family's row while somebody listens: it is gone before, and comes; or it changes. */
export interface Happening {
  readonly table: string;
  readonly before: () => Promise<void>;
  readonly happen: () => Promise<void>;
}

/** A family without its own row, or a person without an account, would see nothing at all: these change instead. */
const lasting: Readonly<Record<string, string>> = { 'public.families': 'name', 'auth.users': 'display_name' };

/** Lets rows come and go past every rule but the announcement of changes, which is what wakes who listens. */
export class Stagehand {
  private constructor(private readonly client: Client) {}

  static async open(ownerUrl: string): Promise<Stagehand> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query(`
      do $$ declare t record; begin
        for t in select tgrelid::regclass as relation, tgname from pg_trigger where tgname like 'announce%' loop
          execute format('alter table %s enable always trigger %I', t.relation, t.tgname);
        end loop;
      end $$`);
    await client.query('set session_replication_role = replica');
    return new Stagehand(client);
  }

  end(): Promise<void> {
    return this.client.end();
  }

  happening(table: string, row: JsonRow): Happening {
    const text = JSON.stringify(row);
    const run = async (statement: string, values: readonly unknown[]): Promise<void> => {
      const { rowCount } = await this.client.query(statement, [...values]);
      if (rowCount !== 1) throw new Error(`${rowCount} rows instead of one: ${statement}`);
    };
    const column = lasting[table];
    if (column !== undefined)
      return {
        table,
        before: () => Promise.resolve(),
        happen: () => run(`update ${table} set ${column} = ${column} || ' anew' where id = $1`, [row['id']]),
      };
    return {
      table,
      before: () => run(`delete from ${table} t where to_jsonb(t) = $1::jsonb`, [text]),
      happen: async () => {
        const columns = (await this.columnsOf(table)).join(', ');
        const record = `jsonb_populate_record(null::${table}, $1)`;
        await run(`insert into ${table} (${columns}) select ${columns} from ${record}`, [text]);
      },
    };
  }

  /** Those that are not generated. */
  private async columnsOf(table: string): Promise<string[]> {
    const { rows } = await this.client.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    );
    return rows.map(({ name }) => name);
  }
}
