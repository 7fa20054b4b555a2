// The Redis of the bench: the one that BENCH_REDIS_URL names, else redis-server from the PATH, kept in memory only.
import { spawn } from 'node:child_process';
import { freePort } from '../graphql/processes.mjs';

export async function benchRedis() {
  const given = process.env.BENCH_REDIS_URL;
  if (given) return { url: given, pid: undefined, stop: async () => {} };
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  await new Promise((resolve, reject) => {
    child.once('error', () =>
      reject(new Error('redis-server is not on the PATH; name one by BENCH_REDIS_URL.')),
    );
    child.once('spawn', resolve);
  });
  return { url: `redis://127.0.0.1:${port}`, pid: child.pid, stop: async () => void child.kill() };
}
