import { logger } from '@nself/observability';
import { Redis, type RedisOptions } from 'ioredis';
import { StartError } from '../errors';

const log = logger('redis');

const LONGEST_PAUSE = 2_000;

/**
 * Opens a connection to Redis. It comes back by itself when it is lost; meanwhile commands fail soon instead of
 * waiting for ever, because nothing that a person waits for may hang on Redis. Workers of queues must pass
 * `{ maxRetriesPerRequest: null }`.
 */
export function connectRedis(url: string, options: RedisOptions = {}): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    retryStrategy: attempt => Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_PAUSE),
    ...options,
  });
  reportOutages(redis);
  return redis;
}

/** One line when it is lost, one when it is back: a line per attempt would drown the log. */
function reportOutages(redis: Redis): void {
  let down = false;
  redis.on('error', (error: Error) => {
    if (!down) log.warn({ err: error }, 'redis is out of reach');
    down = true;
  });
  redis.on('ready', () => {
    if (down) log.info('redis is back');
    down = false;
  });
}

/**
 * Queues lose jobs when Redis throws keys away under memory pressure (checks J4).
 *
 * @throws StartError when its policy is another than noeviction.
 */
export async function assertNoEviction(redis: Redis): Promise<void> {
  const info = await redis.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === 'noeviction') return;
  throw new StartError(
    `Redis may throw queued work away: its maxmemory-policy is ${policy ?? 'unknown'}.`,
    'Set maxmemory-policy to noeviction.',
  );
}
