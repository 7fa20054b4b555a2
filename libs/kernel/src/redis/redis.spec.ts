import { setLogLevel } from '@nself/observability';
import type { Redis } from 'ioredis';
import { testRedis, type TestRedis } from '../../../../test/support';
import { assertNoEviction, connectRedis } from './redis';

describe('redis', () => {
  let server: TestRedis;
  let redis: Redis;

  beforeAll(() => {
    setLogLevel('silent');
    server = testRedis();
    redis = connectRedis(server.url);
  });

  afterAll(() => {
    setLogLevel('info');
    redis?.disconnect();
  });

  it('that keeps everything is good for queues', async () =>
    expect(await assertNoEviction(redis)).toBeUndefined());

  it('that throws keys away is refused with what to do', async () => {
    const forgetful = { info: () => Promise.resolve('# Memory\r\nmaxmemory_policy:allkeys-lru\r\n') };
    await expect(assertNoEviction(forgetful as unknown as Redis)).rejects.toThrow(
      'its maxmemory-policy is allkeys-lru. Set maxmemory-policy to noeviction.',
    );
  });

  it('that is away makes commands fail, not wait', async () => {
    const lost = connectRedis('redis://127.0.0.1:1');
    await expect(lost.ping()).rejects.toThrow();
    lost.disconnect();
  });
});
