import { Redis } from 'ioredis';

export interface TestRedis {
  readonly url: string;
  /** Empties this worker's database of the server. */
  flush(): Promise<void>;
}

/** The test server's Redis; every jest worker has one of its 16 databases to itself. */
export function testRedis(): TestRedis {
  const url = new URL(process.env.TEST_REDIS_URL ?? '');
  url.pathname = `/${Number(process.env.JEST_WORKER_ID ?? 1) % 16}`;
  return {
    url: url.href,
    flush: async () => {
      const client = new Redis(url.href);
      await client.flushdb();
      client.disconnect();
    },
  };
}
