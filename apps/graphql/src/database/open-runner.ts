import { assertPostgresVersion, StartError, type Queryable } from '@nself/kernel';
import type { StatementGroup } from '@nself/graphql-engine';
import { AdminTrail } from './admin-trail';
import { hasuraContext, tenancyContext } from './context';
import { Listener } from './listener';
import { loginOf } from './logins';
import { PostgresRunner } from './postgres-runner';

export interface DatabaseOptions {
  /** The login of every role but admin. */
  readonly url: string;
  /** The login of admin; the same one where the database has no walls of ours. */
  readonly adminUrl: string;
  readonly connections: number;
  readonly adminConnections: number;
  readonly namedStatements: boolean;
  /** Milliseconds. */
  readonly statementTimeout: number;
  /** Read committed unless said. */
  readonly isolation?: Isolation;
}

/** As Hasura writes them. */
type Isolation = 'read-committed' | 'repeatable-read' | 'serializable';

const ISOLATIONS = {
  'read-committed': undefined,
  'repeatable-read': 'repeatable read',
  serializable: 'serializable',
} as const satisfies Record<Isolation, StatementGroup['isolation']>;

/** The engine alone asks less of Postgres than the house does. */
const OLDEST = 13;

/**
 * Opens the database. Where it has our schema `app`, every statement runs under the tenancy context; elsewhere only
 * `hasura.user` is set, as Hasura does.
 *
 * @throws StartError when Postgres does not answer or is too old
 */
export async function openRunner(options: DatabaseOptions): Promise<PostgresRunner> {
  const { url, adminUrl, connections, adminConnections, namedStatements, statementTimeout } = options;
  const everybody = loginOf({ url, connections, namedStatements, name: 'nself graphql' });
  const isolation = ISOLATIONS[options.isolation ?? 'read-committed'];
  const separate = adminUrl !== url;
  const admin = separate
    ? loginOf({ url: adminUrl, connections: adminConnections, namedStatements, name: 'nself graphql admin' })
    : everybody;
  const walled = await look(admin.pool);
  return new PostgresRunner({
    everybody,
    admin,
    contextOf: walled ? tenancyContext : hasuraContext,
    listener: new Listener({ connectionString: adminUrl }),
    ...(walled && separate ? { trail: new AdminTrail(admin.pool) } : {}),
    statementTimeout,
    ...(isolation ? { isolation } : {}),
  });
}

async function look(database: Queryable): Promise<boolean> {
  try {
    await assertPostgresVersion(database, OLDEST);
    const { rows } = await database.query(
      `select 1 from pg_proc where pronamespace = to_regnamespace('app') and proname = 'family_id'`,
    );
    return rows.length > 0;
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
    throw new StartError(`Postgres cannot be reached: ${reason}.`, 'Check its address and whether it runs.', {
      cause: error,
    });
  }
}
