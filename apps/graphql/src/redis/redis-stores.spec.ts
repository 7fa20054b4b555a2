import { LocalRateCounter } from '@nself/graphql-engine';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { testRedis } from '../../../../test/support';
import { RedisAnswers, RedisRates } from './redis-stores';

describe('what instances share through Redis', () => {
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(testRedis().url);
  });
  afterAll(() => redis.quit());

  it('counts the operations of all instances in the minute that ends now, refused ones left out', async () => {
    const [one, other] = [0, 1].map(() => new RedisRates(redis, new LocalRateCounter()));
    const key = randomUUID();
    const now = Date.now();
    expect(await one?.admit(key, 2, 3, now)).toBe(true);
    expect(await other?.admit(key, 2, 3, now + 1)).toBe(false);
    expect(await other?.admit(key, 1, 3, now + 2)).toBe(true);
    expect(await one?.admit(key, 1, 3, now + 3)).toBe(false);
    expect(await one?.admit(key, 1, 3, now + 60_000)).toBe(true);
    expect(await one?.admit(key, 2, 3, now + 60_001)).toBe(false);
    expect(await other?.admit(randomUUID(), 3, 3, now)).toBe(true);
  });

  it('is of the one instance while Redis is out of reach', async () => {
    const gone = new Redis('redis://127.0.0.1:1', {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    gone.on('error', () => undefined);
    const rates = new RedisRates(gone, new LocalRateCounter());
    expect(await rates.admit('key', 1, 1, 1_000)).toBe(true);
    expect(await rates.admit('key', 1, 1, 1_001)).toBe(false);
    const answers = new RedisAnswers(gone);
    await answers.set('key', Buffer.from('{}'), 60);
    expect(await answers.get('key')).toBeUndefined();
    gone.disconnect();
  });

  it('keeps an answer as the bytes that it is, for as long as it may be kept', async () => {
    const answers = new RedisAnswers(redis);
    const [key, body] = [randomUUID(), Buffer.from([0, 255, 10, 128])];
    expect(await answers.get(key)).toBeUndefined();
    await answers.set(key, body, 500);
    const kept = await answers.get(key);
    expect(kept?.body).toEqual(body);
    expect(kept?.secondsLeft).toBeGreaterThan(0);
    expect(kept?.secondsLeft).toBeLessThanOrEqual(500);
  });
});
