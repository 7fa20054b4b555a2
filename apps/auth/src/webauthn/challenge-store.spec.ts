import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { testRedis } from '../../../../test/support';
import { ChallengeStore } from './challenge-store';

describe('challenges', () => {
  const connections = [new Redis(testRedis().url), new Redis(testRedis().url)];
  const [here, there] = connections.map(redis => new ChallengeStore(redis)) as [
    ChallengeStore,
    ChallengeStore,
  ];
  afterAll(() => connections.forEach(redis => redis.disconnect()));

  it('given out by one instance are taken back by another, once', async () => {
    const challenge = randomUUID();
    await here.keep(challenge, { purpose: 'elevate', userId: 'amina' });
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, turn) => (turn % 2 ? here : there).take(challenge, 'elevate')),
    );
    expect(taken.filter(Boolean)).toEqual([{ purpose: 'elevate', userId: 'amina' }]);
  });

  it('are good for nothing but what they were given out for', async () => {
    const challenge = randomUUID();
    await here.keep(challenge, { purpose: 'sign-in' });
    expect(await there.take(challenge, 'add-key')).toBeUndefined();
    expect(await there.take(challenge, 'sign-in')).toBeUndefined();
  });

  it('are forgotten after five minutes at most', async () => {
    const challenge = randomUUID();
    await here.keep(challenge, { purpose: 'sign-in' });
    const seconds = await connections[0]?.ttl(`nself:auth:webauthn:${challenge}`);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(300);
  });
});
