// Who asks in the bench of the walls: an adult of one family, in one transaction of one connection that changes roles.
// Connections of their own would be processes of their own, of which one may sit on a busier core than the others.
import pg from 'pg';
import { FAMILY, ME } from './world.mjs';

export const VARIABLES = { 'x-hasura-role': 'adult', 'x-hasura-family-id': FAMILY, 'x-hasura-user-id': ME };

const BEHIND_WALLS = 'nself_bench_walls';
const roles = {
  /** Past every policy. */
  off: 'nself_admin',
  /** A role of the bench: under the walls of the family and no other policy. */
  walls: BEHIND_WALLS,
  /** Under every policy. */
  policies: 'nself_app',
};

export class BenchSession {
  constructor(client) {
    this.client = client;
  }

  static async open(owner) {
    const client = new pg.Client({ connectionString: owner });
    await client.connect();
    await client.query(behindTheWalls);
    await client.query('begin');
    await client.query(`set local jit = off; set local max_parallel_workers_per_gather = 0;
      set local plan_cache_mode = force_generic_plan`);
    await client.query(
      `select set_config('app.family_id', $1, true), set_config('app.user_id', $2, true), set_config('app.role', $3, true)`,
      [FAMILY, ME, VARIABLES['x-hasura-role']],
    );
    return new BenchSession(client);
  }

  /**
   * Milliseconds that a statement takes, one after the other. Each role has a plan of its own; functions have one per
   * connection, so that they plan anew when the role changes, before the clock runs.
   */
  async time(who, { name, text, values }, times) {
    const ask = () => this.client.query({ text, values, name: `${who} ${name}` });
    await this.client.query(`set local role ${roles[who]}`);
    await ask();
    const started = process.hrtime.bigint();
    for (let at = 0; at < times; at++) await ask();
    return Number(process.hrtime.bigint() - started) / 1e6 / times;
  }

  end() {
    return this.client.end();
  }
}

const behindTheWalls = `
  drop role if exists ${BEHIND_WALLS};
  create role ${BEHIND_WALLS} nologin nobypassrls;
  grant usage on schema app, auth, public to ${BEHIND_WALLS};
  grant select on all tables in schema auth, public to ${BEHIND_WALLS};
  grant execute on all functions in schema app, public to ${BEHIND_WALLS};
  do $$ declare walled regclass; begin
    for walled in select oid from pg_class where relrowsecurity and relnamespace::regnamespace::text in ('auth', 'public') loop
      execute format('create policy behind_the_wall on %s for select to ${BEHIND_WALLS} using (true)', walled);
    end loop;
  end $$`;

/** After its database is gone: roles belong to the whole server. */
export async function dropRole(server) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`drop role if exists ${BEHIND_WALLS}`);
  await client.end();
}
