import { Client } from 'pg';

/**
 * A trap in a database: the n-th statement that changes its schema finds its own connection ended, as by a kill. What
 * counts them is a sequence, which no transaction brings back: who comes again comes through.
 */
export class Trap {
  private constructor(private readonly client: Client) {}

  /** @param url a superuser's: nobody else may set one */
  static async set(url: string): Promise<Trap> {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`
      create schema trap;
      create sequence trap.statements;
      create table trap.fatal as select 0::bigint as statement;
      create function trap.spring() returns event_trigger
        language plpgsql security definer set search_path = pg_catalog
      as $$
      begin
        if nextval('trap.statements') = (select statement from trap.fatal) then
          perform pg_terminate_backend(pg_backend_pid());
        end if;
      end $$;
      create event trigger trap on ddl_command_start execute function trap.spring();`);
    return new Trap(client);
  }

  /**
   * Whether the work was ended by the trap, at this statement of it, the first being 1.
   *
   * @throws what the work threw by itself
   */
  async catches(work: () => Promise<unknown>, statement: number): Promise<boolean> {
    await this.client.query('update trap.fatal set statement = $1', [statement]);
    await this.client.query(`select setval('trap.statements', 1, false)`);
    try {
      await work();
      return false;
    } catch (error) {
      if ((await this.passed()) < statement) throw error;
      return true;
    } finally {
      await this.client.query('update trap.fatal set statement = 0');
    }
  }

  /** How many statements have come by. */
  async passed(): Promise<number> {
    const { rows } = await this.client.query<{ last_value: string }>(
      'select last_value from trap.statements',
    );
    return Number(rows[0]?.last_value);
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}
