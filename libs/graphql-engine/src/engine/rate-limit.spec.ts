import { sessionOf } from '../executor';
import { Limits } from './limits';
import { LocalRateCounter, RateLimit } from './rate-limit';

const limits = new Limits({
  disabled: false,
  rate_limit: {
    global: { max_reqs_per_min: 2 },
    per_role: {
      guest: { max_reqs_per_min: 2, unique_params: 'IP' },
      user: { max_reqs_per_min: 2, unique_params: ['X-Hasura-User-Id', 'x-hasura-org-id'] },
    },
  },
});
const refusal = { code: 'rate-limit-exceeded', status: 429 };

describe('the limit of operations in a minute', () => {
  let now: number;
  let rate: RateLimit;
  beforeEach(() => {
    now = 1_000_000;
    rate = new RateLimit(new LocalRateCounter(), () => now);
  });
  const ask = async (role: string, variables = {}, address = 'a', operations = 1): Promise<void> =>
    rate.admit(limits, sessionOf(role, variables), { address }, operations);

  it('is for a role as a whole, and for each role by itself', async () => {
    await ask('one');
    await ask('one', { 'x-hasura-user-id': '2' }, 'b');
    await expect(ask('one', {}, 'c')).rejects.toMatchObject(refusal);
    await ask('two');
  });

  it('is by address where the role says so', async () => {
    await ask('guest');
    await ask('guest');
    await expect(ask('guest')).rejects.toMatchObject(refusal);
    await ask('guest', {}, 'b');
  });

  it('is by session variables where the role says so, and none can be made to look like another', async () => {
    const person = (user: string, org: string) => ({ 'x-hasura-user-id': user, 'x-hasura-org-id': org });
    await ask('user', person('1', '2'));
    await ask('user', person('1', '2'));
    await expect(ask('user', person('1', '2'))).rejects.toMatchObject(refusal);
    await ask('user', person('1', '3'));
    await ask('user', person('1","2', ''));
  });

  it('slides: what is a minute old counts no more, what was refused never did', async () => {
    await ask('one');
    now += 40_000;
    await ask('one');
    await expect(ask('one')).rejects.toMatchObject(refusal);
    now += 20_000;
    await ask('one');
    await expect(ask('one')).rejects.toMatchObject(refusal);
    now += 40_000;
    await ask('one');
  });

  it('counts every operation of a batch, and takes all of them or none', async () => {
    await expect(ask('one', {}, 'a', 3)).rejects.toMatchObject(refusal);
    await ask('one', {}, 'a', 2);
    await expect(ask('one')).rejects.toMatchObject(refusal);
  });

  it('is none for the admin, and none where limits are switched off', async () => {
    for (let n = 0; n < 5; n++) await ask('admin');
    const off = new Limits({ disabled: true, rate_limit: { global: { max_reqs_per_min: 1 } } });
    for (let n = 0; n < 5; n++)
      expect(rate.admit(off, sessionOf('one', {}), { address: 'a' })).toBeUndefined();
  });
});
