// How many hashes of the service's own parameters this machine can do when it does nothing else.
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';

const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function bareHashes(password, seconds) {
  const stored = await argon2.hash(password, PARAMETERS);
  const end = performance.now() + seconds * 1000;
  const begun = performance.now();
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await argon2.verify(stored, password);
      done++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return done / ((performance.now() - begun) / 1000);
}
