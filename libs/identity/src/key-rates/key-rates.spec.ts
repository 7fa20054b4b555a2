import { connectRedis } from '@nself/kernel';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { testRedis } from '../../../../test/support';
import { ANONYMOUS, type Actor } from '../actor';
import { KeyRates } from './key-rates';

const refusal = { code: 'RATE_LIMITED', extensions: { retryAfter: expect.any(Number) as number } };
const bearer = (perMinute: number): Actor => ({
  ...ANONYMOUS,
  kind: 'machine',
  key: { id: randomUUID(), perMinute },
});

describe('the rate of a key', () => {
  let redis: Redis;
  let lost: Redis;
  beforeAll(async () => {
    redis = connectRedis(testRedis().url);
    lost = connectRedis('redis://127.0.0.1:1', { lazyConnect: true, retryStrategy: () => null });
    await redis.ping();
  });
  afterAll(() => {
    redis.disconnect();
    lost.disconnect();
  });

  it('is one for all services, and each key has its own', async () => {
    const [here, there] = [new KeyRates(redis), new KeyRates(redis)];
    const actor = bearer(3);
    await here.admit(actor);
    await there.admit(actor, 2);
    await expect(here.admit(actor)).rejects.toMatchObject(refusal);
    await expect(there.admit(actor)).rejects.toMatchObject(refusal);
    await here.admit(bearer(1));
  });

  it('takes as many as are sent together, or none of them', async () => {
    const rates = new KeyRates(redis);
    const actor = bearer(3);
    await rates.admit(actor, 2);
    await expect(rates.admit(actor, 2)).rejects.toMatchObject(refusal);
    await rates.admit(actor);
  });

  it('is nothing to wait for where no key is behind a token', () => {
    expect(new KeyRates(redis).admit(ANONYMOUS)).toBeUndefined();
  });

  it('is held by each instance alone while Redis is away', async () => {
    const actor = bearer(2);
    const [one, other] = [new KeyRates(lost), new KeyRates(lost)];
    for (const rates of [one, other]) {
      await rates.admit(actor, 2);
      await expect(rates.admit(actor)).rejects.toMatchObject(refusal);
    }
  });
});
