import { StartError } from '../errors';
import type { Queryable } from './safe-pool';

/** The oldest Postgres that has all we need (security invoker views, `merge`, unique nulls not distinct). */
export const OLDEST_POSTGRES = 15;

/** @throws StartError when the server is too old. */
export async function assertPostgresVersion(client: Queryable, oldest = OLDEST_POSTGRES): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::integer / 10000 as major`,
  );
  const [{ major }] = rows as [{ major: number }];
  if (major >= oldest) return;
  throw new StartError(
    `This Postgres is version ${major}.`,
    `Version ${oldest} or newer is needed; please upgrade it.`,
  );
}
