// How many hashes of the service's own parameters this machine can do when it does nothing else, and what one costs.
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';

const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes per second, and milliseconds of processor time for one. */
export async function bareHashes(password, seconds) {
  const stored = await argon2.hash(password, PARAMETERS);
  const before = process.cpuUsage();
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await argon2.verify(stored, password);
      done++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const { user, system } = process.cpuUsage(before);
  return { perSecond: done / ((performance.now() - begun) / 1000), cpu: (user + system) / 1000 / done };
}
