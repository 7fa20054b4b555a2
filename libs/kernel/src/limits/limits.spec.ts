import { Redis } from 'ioredis';
import { testRedis } from '../../../../test/support';
import { Limiter } from './limiter';

const limit = { name: 'spec', burst: 5, interval: 3_600_000 };

/** How many of `count` at once get through. */
async function through(limiter: Limiter, key: string, count: number): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: count }, () => limiter.take(limit, key)));
  return results.filter(result => result.status === 'fulfilled').length;
}

describe('limits', () => {
  const redis = new Redis(testRedis().url);
  const limiter = new Limiter(redis);
  beforeAll(() => redis.ping());
  afterAll(() => redis.disconnect());

  const key = (): string => `key ${Math.random()}`;

  it('let a burst through, refuse the rest, and say for how long', async () => {
    const one = key();
    expect(await through(limiter, one, 20)).toBe(5);
    await expect(limiter.take(limit, one)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      extensions: { retryAfter: expect.any(Number) },
    });
    expect(await through(limiter, key(), 3)).toBe(3);
  });

  it('hold across instances', async () => {
    const one = key();
    const other = new Limiter(redis);
    const [here, there] = await Promise.all([through(limiter, one, 10), through(other, one, 10)]);
    expect(here + there).toBe(5);
  });

  it('take as much as something costs, or nothing', async () => {
    const one = key();
    await limiter.take(limit, one, 3);
    await expect(limiter.take(limit, one, 3)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await limiter.take(limit, one, 2);
    await expect(limiter.take(limit, one)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('let everything through where they are switched off', async () => {
    expect(await through(new Limiter(redis, false), key(), 20)).toBe(20);
  });

  it('look without taking, and forget when told to', async () => {
    const one = key();
    for (let turn = 0; turn < 20; turn++) await limiter.look([{ limit, key: one }]);
    expect(await through(limiter, one, 20)).toBe(5);
    await expect(limiter.look([{ limit, key: one }])).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await limiter.forget(limit, one);
    await limiter.look([{ limit, key: one }]);
  });

  it('are kept per instance while Redis is away', async () => {
    const gone = new Redis({
      port: 1,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    gone.on('error', () => undefined);
    const alone = new Limiter(gone);
    expect(await through(alone, key(), 20)).toBe(5);
    gone.disconnect();
  });

  it('keep no address in Redis', async () => {
    await limiter.take(limit, 'somebody@example.org');
    const keys = await redis.keys('nself:limit:spec:*');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join()).not.toContain('somebody');
  });
});
