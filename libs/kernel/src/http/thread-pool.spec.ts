import { widenThreadPool } from './thread-pool';

const sizeFor = (cores: number, env: NodeJS.ProcessEnv = {}): string | undefined => {
  widenThreadPool(env, cores);
  return env.UV_THREADPOOL_SIZE;
};

describe('the thread pool', () => {
  it('is never narrower than the one of Node', () => {
    expect(sizeFor(1)).toBe('4');
    expect(sizeFor(2)).toBe('4');
  });

  it('has a thread for each core, one for the task at hand and one that is always free', () => {
    expect(sizeFor(8)).toBe('10');
  });

  it('is as wide as the operator says', () => {
    expect(sizeFor(8, { UV_THREADPOOL_SIZE: '6' })).toBe('6');
  });
});
