import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { endPostgresIn, endRedisIn } from '@nself/dev-stack';
import type { Home } from '../state/home';

/** Ends the Postgres and the Redis that still live in the folders of a stack. @returns their names. */
export async function endServersOf(home: Home): Promise<string[]> {
  const postgres =
    existsSync(home.postgres) && (await endPostgresIn(join(realpathSync(home.postgres), 'data')));
  const redis = existsSync(home.redis) && (await endRedisIn(realpathSync(home.redis)));
  return [...(postgres ? ['postgres'] : []), ...(redis ? ['redis'] : [])];
}
